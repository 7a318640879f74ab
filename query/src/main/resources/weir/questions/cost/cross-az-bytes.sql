-- title: Bytes between zones
-- theme: cost
-- question: Which hosts exchange how much with a host in another availability zone, and what does
--   it cost?
-- means: Each row is a pair of hosts in different zones, in the direction of the bytes. AWS bills
--   both the sender and the receiver, so cost is twice price for each gigabyte.
-- not: Only addresses that have logged traffic of their own have a known zone; load balancers'
--   zones are theirs. Traffic to some managed services is not billed between zones.
-- fields: srcaddr dstaddr az_id vpc_id bytes start flow_direction next_hop_az_id?
-- context: network_interfaces? subnets?
-- else: top-pairs
-- param: price double = 0.01 | dollars for a gigabyte (10^9 bytes) and side
-- param: from timestamp = all | records that start at or after this time
-- param: to timestamp = all | records that start before this time
-- param: limit bigint = 20 | rows shown
WITH zones AS (
  SELECT srcaddr AS address, max(az_id) AS zone
  FROM vpc_flow_logs
  WHERE flow_direction = 'egress' AND az_id <> '-'
  GROUP BY srcaddr
),
pairs AS (
  SELECT srcaddr, dstaddr, az_id, next_hop_az_id, sum(bytes) AS bytes
  FROM vpc_flow_logs
  WHERE start >= :from AND start < :to
    -- Each byte once: where it leaves.
    AND flow_direction = 'egress' AND bytes > 0 AND az_id <> '-' AND is_own(dstaddr)
  GROUP BY srcaddr, dstaddr, az_id, next_hop_az_id
),
placed AS (
  SELECT
    p.*,
    CASE WHEN p.next_hop_az_id <> '-' THEN p.next_hop_az_id ELSE z.zone END AS other_zone
  FROM pairs p LEFT JOIN zones z ON z.address = p.dstaddr
)
SELECT
  srcaddr AS source,
  az_id AS zone,
  dstaddr AS destination,
  other_zone AS destination_zone,
  sum(bytes) AS bytes,
  CAST(sum(bytes) / 1e9 * 2 * :price AS DECIMAL(18, 4)) AS cost,
  owner_of(srcaddr) AS source_owner,
  owner_of(dstaddr) AS destination_owner
FROM placed
-- Zones of another region are no neighbours: that is inter-region traffic.
WHERE other_zone <> az_id AND split_part(other_zone, '-', 1) = split_part(az_id, '-', 1)
GROUP BY srcaddr, az_id, dstaddr, other_zone
ORDER BY bytes DESC, source, destination
LIMIT :limit
