-- title: Gaps in what was logged
-- theme: coverage
-- question: In which hours were there no records of an interface, or records that AWS lost?
-- means: Each row is an interface and an hour between its first record and the last hour of all
--   that is not simply OK. SKIPDATA: AWS lost records, any number of them. missing: no record at
--   all, not even NODATA, for so many hours from that one on: the log was off, was not delivered or
--   not collected.
-- not: NODATA (no traffic) is no gap, and is shown with nodata=true only. An interface that was
--   deleted is missing ever after: see silent-interfaces. One record with a wrong time in the
--   future makes all others end in a gap: give "to".
-- fields: account_id interface_id start log_status
-- context: network_interfaces? subnets?
-- param: nodata boolean = false | show the hours without traffic too
-- param: interface varchar = % | only interfaces like this; % stands for any text
-- param: from timestamp = all | records that start at or after this time
-- param: to timestamp = all | records that start before this time
-- param: limit bigint = 100 | rows shown
WITH hours AS (
  SELECT account_id, interface_id, hour, ok_records, skipdata_records
  FROM system.coverage
  -- An hour belongs to both spans that it is a part of.
  WHERE to_unixtime(hour) > :from - 3600 AND to_unixtime(hour) < :to
),
seen AS (
  SELECT
    *,
    -- Behind the last hour of an interface comes the end of all.
    lead(hour, 1, (SELECT max(hour) FROM hours) + INTERVAL '1' HOUR)
      OVER (PARTITION BY account_id, interface_id ORDER BY hour) AS next_hour
  FROM hours
  WHERE interface_id LIKE :interface AND interface_id <> '-'
)
SELECT
  account_id AS account,
  interface_id AS interface,
  hour,
  hours,
  state,
  ok_records,
  skipdata_records,
  name_of(interface_id) AS name
FROM (
  SELECT
    account_id, interface_id, hour, 1 AS hours,
    CASE WHEN skipdata_records > 0 THEN 'SKIPDATA' ELSE 'NODATA' END AS state,
    ok_records, skipdata_records
  FROM seen
  WHERE skipdata_records > 0 OR (:nodata AND ok_records = 0)
  UNION ALL
  SELECT
    account_id, interface_id, hour + INTERVAL '1' HOUR, date_diff('hour', hour, next_hour) - 1,
    'missing', 0, 0
  FROM seen
  WHERE date_diff('hour', hour, next_hour) > 1
)
ORDER BY account, interface, hour
LIMIT :limit
