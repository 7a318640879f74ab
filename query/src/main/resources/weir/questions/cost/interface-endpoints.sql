-- title: Interface endpoints
-- theme: cost
-- question: How many bytes go through which interface endpoint, and what do they cost?
-- means: Each row is an endpoint with what its interfaces received of clients and sent to them,
--   over the time of the store. cost is for both at price; hours_cost for as many hours at
--   hour_price, for each interface.
-- not: Endpoints without a row are idle: see idle-endpoints. Gateway endpoints (S3, DynamoDB) have
--   no interface and cost nothing.
-- fields: interface_id srcaddr dstaddr bytes start flow_direction?
-- context: vpc_endpoints
-- else: top-interfaces
-- param: price double = 0.01 | dollars for a gigabyte (10^9 bytes)
-- param: hour_price double = 0.01 | dollars for an hour of one interface
-- param: from timestamp = all | records that start at or after this time
-- param: to timestamp = all | records that start before this time
-- param: limit bigint = 20 | rows shown
SELECT
  e.endpoint_id AS endpoint,
  max(e.service_name) AS service,
  max(e.vpc_id) AS vpc,
  count(DISTINCT f.interface_id) AS interfaces,
  count(DISTINCT CASE WHEN f.flow_direction <> 'egress' THEN f.srcaddr END) AS clients,
  sum(f.bytes) FILTER (WHERE f.flow_direction = 'ingress') AS received,
  sum(f.bytes) FILTER (WHERE f.flow_direction = 'egress') AS sent,
  CAST(sum(f.bytes) / 1e9 * :price AS DECIMAL(18, 4)) AS cost,
  round(count(DISTINCT f.interface_id) * ceiling((max(f.start) - min(f.start) + 1) / 36e2)
    * :hour_price, 2) AS hours_cost
FROM vpc_flow_logs f
JOIN (
  SELECT DISTINCT v.endpoint_id, v.service_name, v.vpc_id, v.interface_id FROM vpc_endpoints v) e
  ON e.interface_id = f.interface_id
WHERE f.start >= :from AND f.start < :to AND f.bytes > 0
GROUP BY e.endpoint_id
ORDER BY sum(f.bytes) DESC, endpoint
LIMIT :limit
