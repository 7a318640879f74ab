-- title: Interfaces that fell silent
-- theme: coverage
-- question: Which interfaces have had no record, or no traffic, for hours?
-- means: Each row is an interface whose last traffic is at least so many hours before the last hour
--   of all (before "to", where that is given). state "no records": nothing came any more: deleted,
--   or its log is off. "no traffic": NODATA records still come.
-- not: A log that is late looks silent too: AWS delivers within some minutes, most times. One
--   record with a wrong time in the future makes all others silent: give "to".
-- mitre: T1562.008
-- fields: account_id interface_id start log_status
-- context: network_interfaces? subnets?
-- param: hours bigint = 6 | silent for at least so many hours
-- param: from timestamp = all | records that start at or after this time
-- param: to timestamp = all | records that start before this time
-- param: limit bigint = 50 | rows shown
WITH hours AS (
  SELECT account_id, interface_id, hour, last_seen, ok_records
  FROM system.coverage
  WHERE to_unixtime(hour) > :from - 3600 AND to_unixtime(hour) < :to
)
SELECT
  account_id AS account,
  interface_id AS interface,
  max(hour) FILTER (WHERE ok_records > 0) AS last_traffic,
  max(last_seen) AS last_record,
  CASE
    WHEN max(hour) <= (SELECT max(hour) FROM hours) - :hours * INTERVAL '1' HOUR
      THEN 'no records'
    ELSE 'no traffic'
  END AS state,
  sum(ok_records) AS records,
  name_of(interface_id) AS name
FROM hours
WHERE interface_id <> '-'
GROUP BY account_id, interface_id
HAVING coalesce(max(hour) FILTER (WHERE ok_records > 0), min(hour))
  <= (SELECT max(hour) FROM hours) - :hours * INTERVAL '1' HOUR
ORDER BY last_traffic, account, interface
LIMIT :limit
