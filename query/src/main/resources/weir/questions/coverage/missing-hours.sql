-- title: Hours of which nothing was collected
-- theme: coverage
-- question: In which hours is there no record at all of an account, from any interface?
-- means: Each row is a run of hours between an account's first and last record without a single
--   one: files that were not delivered, not copied or not collected.
-- not: An hour with NODATA records is not missing. Hours before an account's first record and
--   behind its last one are not looked at.
-- mitre: T1562.008
-- fields: account_id interface_id start log_status
-- param: from timestamp = all | records that start at or after this time
-- param: to timestamp = all | records that start before this time
-- param: limit bigint = 50 | rows shown
SELECT
  account,
  before + INTERVAL '1' HOUR AS from_hour,
  hour AS until_hour,
  date_diff('hour', before, hour) - 1 AS hours
FROM (
  SELECT
    account_id AS account,
    hour,
    lag(hour) OVER (PARTITION BY account_id ORDER BY hour) AS before
  FROM (
    SELECT DISTINCT account_id, hour
    FROM system.coverage
    -- An hour belongs to both spans that it is a part of.
    WHERE to_unixtime(hour) > :from - 3600 AND to_unixtime(hour) < :to
  )
)
WHERE date_diff('hour', before, hour) > 1
ORDER BY hours DESC, from_hour, account
LIMIT :limit
