-- title: Gaps in what was logged
-- theme: coverage
-- question: In which hours were there no records of an interface, or records that AWS lost?
-- means: Each row is an interface and an hour between its first record and the last hour of the
--   store that is not simply OK. SKIPDATA: AWS lost records, any number of them. missing: no record
--   at all, not even NODATA, so the log was off, was not delivered or not collected.
-- not: NODATA (no traffic) is no gap, and is shown with nodata=true only. An interface that was
--   deleted is missing ever after: see silent-interfaces.
-- fields: account_id interface_id start log_status
-- context: network_interfaces? subnets?
-- param: nodata boolean = false | show the hours without traffic too
-- param: interface varchar = % | only interfaces like this; % stands for any text
-- param: limit bigint = 100 | rows shown
WITH seen AS (
  SELECT account_id, interface_id, min(hour) AS first_hour
  FROM system.coverage
  WHERE interface_id LIKE :interface AND interface_id <> '-'
  GROUP BY account_id, interface_id
),
every_hour AS (
  SELECT from_unixtime(t.second) AS hour
  FROM (
    SELECT
      CAST(to_unixtime(min(hour)) AS BIGINT) AS first,
      CAST(to_unixtime(max(hour)) AS BIGINT) AS last
    FROM system.coverage
  ) b
  CROSS JOIN UNNEST(sequence(b.first, b.last, 3600)) AS t (second)
),
hours AS (
  SELECT s.account_id, s.interface_id, h.hour
  FROM seen s JOIN every_hour h ON h.hour >= s.first_hour
)
SELECT
  h.account_id AS account,
  h.interface_id AS interface,
  h.hour,
  CASE
    WHEN c.hour IS NULL THEN 'missing'
    WHEN c.skipdata_records > 0 THEN 'SKIPDATA'
    ELSE 'NODATA'
  END AS state,
  coalesce(c.ok_records, 0) AS ok_records,
  coalesce(c.skipdata_records, 0) AS skipdata_records,
  name_of(h.interface_id) AS name
FROM hours h
LEFT JOIN system.coverage c
  ON c.account_id = h.account_id AND c.interface_id = h.interface_id AND c.hour = h.hour
WHERE c.hour IS NULL OR c.skipdata_records > 0 OR (:nodata AND c.ok_records = 0)
ORDER BY account, interface, hour
LIMIT :limit
