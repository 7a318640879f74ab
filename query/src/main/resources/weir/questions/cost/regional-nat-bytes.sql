-- title: Bytes through regional NAT gateways
-- theme: cost
-- question: Which hosts exchange how much with which addresses through a regional NAT gateway?
-- means: Each row is a host and an address outside. Only the side of the hosts is taken, so that
--   each byte counts once; the other side shows the gateway's public address.
-- not: Zonal NAT gateways are in nat-bytes-by-instance: they have an interface, a regional one has
--   none.
-- fields: resource_id srcaddr dstaddr bytes start pkt_dst_aws_service? pkt_src_aws_service?
-- else: nat-bytes-by-instance
-- param: price double = 0.045 | dollars for a gigabyte (10^9 bytes) through the gateway
-- param: from timestamp = all | records that start at or after this time
-- param: to timestamp = all | records that start before this time
-- param: limit bigint = 20 | rows shown
SELECT
  resource_id AS gateway,
  CASE WHEN is_private(srcaddr) THEN srcaddr ELSE dstaddr END AS host,
  CASE WHEN is_private(srcaddr) THEN dstaddr ELSE srcaddr END AS destination,
  max(CASE WHEN is_private(srcaddr) THEN pkt_dst_aws_service ELSE pkt_src_aws_service END)
    AS aws_service,
  coalesce(sum(bytes) FILTER (WHERE is_private(srcaddr)), 0) AS uploaded,
  coalesce(sum(bytes) FILTER (WHERE NOT is_private(srcaddr)), 0) AS downloaded,
  CAST(sum(bytes) / 1e9 * :price AS DECIMAL(18, 4)) AS cost
FROM vpc_flow_logs
WHERE start >= :from AND start < :to
  AND resource_id LIKE 'nat-%'
  AND bytes > 0
  AND is_private(srcaddr) <> is_private(dstaddr)
GROUP BY 1, 2, 3
ORDER BY sum(bytes) DESC, gateway, host, destination
LIMIT :limit
