-- title: Records that AWS lost
-- theme: coverage
-- question: At which interfaces and hours did AWS lose records (SKIPDATA)?
-- means: Each row is an interface and an hour with SKIPDATA. What these hours do not show may have
--   been there.
-- not: One SKIPDATA may stand for one lost record or for thousands: AWS does not say.
-- mitre: T1562.008
-- fields: interface_id log_status start
-- context: network_interfaces? subnets?
-- param: from timestamp = all | records that start at or after this time
-- param: to timestamp = all | records that start before this time
-- param: limit bigint = 50 | rows shown
SELECT
  interface_id AS interface,
  from_unixtime(start - start % 3600) AS hour,
  count_if(log_status = 'SKIPDATA') AS skipped,
  count_if(log_status = 'OK') AS ok_records,
  name_of(interface_id) AS name
FROM vpc_flow_logs
WHERE start >= :from AND start < :to
  AND interface_id IN (
    SELECT interface_id FROM vpc_flow_logs
    WHERE start >= :from AND start < :to AND log_status = 'SKIPDATA')
GROUP BY interface_id, start - start % 3600
HAVING count_if(log_status = 'SKIPDATA') > 0
ORDER BY hour, interface
LIMIT :limit
