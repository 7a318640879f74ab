-- title: Interfaces that fell silent
-- theme: coverage
-- question: Which interfaces have had no record, or no traffic, for hours?
-- means: Each row is an interface whose last traffic is at least so many hours before the last hour
--   of the store. state "no records": nothing came any more: deleted, or its log is off. "no
--   traffic": NODATA records still come.
-- not: A log that is late looks silent too: AWS delivers within some minutes, most times.
-- mitre: T1562.008
-- fields: account_id interface_id start log_status
-- context: network_interfaces? subnets?
-- param: hours bigint = 6 | silent for at least so many hours
-- param: limit bigint = 50 | rows shown
SELECT
  account_id AS account,
  interface_id AS interface,
  max(hour) FILTER (WHERE ok_records > 0) AS last_traffic,
  max(last_seen) AS last_record,
  CASE
    WHEN max(hour) <= (SELECT max(hour) FROM system.coverage) - :hours * INTERVAL '1' HOUR
      THEN 'no records'
    ELSE 'no traffic'
  END AS state,
  sum(ok_records) AS records,
  name_of(interface_id) AS name
FROM system.coverage
WHERE interface_id <> '-'
GROUP BY account_id, interface_id
HAVING coalesce(max(hour) FILTER (WHERE ok_records > 0), min(hour))
  <= (SELECT max(hour) FROM system.coverage) - :hours * INTERVAL '1' HOUR
ORDER BY last_traffic, account, interface
LIMIT :limit
