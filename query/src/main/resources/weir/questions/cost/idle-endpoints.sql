-- title: Interface endpoints that nobody uses
-- theme: cost
-- question: Which interface endpoints had no accepted traffic at all?
-- means: Each row is an endpoint none of whose interfaces was sent anything that was let through.
--   It is billed by the hour all the same.
-- not: An endpoint whose interfaces are in no record may just not be logged: records says how many
--   there are, NODATA among them. A few hours of logs prove nothing of a job that runs once a
--   month.
-- fields: interface_id bytes action start
-- context: vpc_endpoints
-- else: top-interfaces
-- param: hour_price double = 0.01 | dollars for an hour of one interface
-- param: from timestamp = all | records that start at or after this time
-- param: to timestamp = all | records that start before this time
-- param: limit bigint = 50 | rows shown
WITH used AS (
  SELECT interface_id, count_if(action = 'ACCEPT' AND bytes > 0) AS accepted, count(*) AS records
  FROM vpc_flow_logs
  WHERE start >= :from AND start < :to
  GROUP BY interface_id
)
SELECT
  e.endpoint_id AS endpoint,
  e.service_name AS service,
  e.vpc_id AS vpc,
  count(DISTINCT e.interface_id) AS interfaces,
  coalesce(sum(u.records), 0) AS records,
  CAST(count(DISTINCT e.interface_id) * 730 * :hour_price AS DECIMAL(18, 2)) AS month_cost
FROM vpc_endpoints e
LEFT JOIN used u ON u.interface_id = e.interface_id
WHERE e.interface_id IS NOT NULL
GROUP BY e.endpoint_id, e.service_name, e.vpc_id
HAVING coalesce(sum(u.accepted), 0) = 0
ORDER BY interfaces DESC, endpoint
LIMIT :limit
