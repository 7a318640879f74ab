-- title: Addresses that send and receive most
-- theme: traffic
-- question: Which addresses send and receive the most bytes?
-- means: Each row is an address with the bytes it sent and received. What both interfaces and NAT
--   gateways saw counts once, for the hosts that talk.
-- not: Bytes are those of packets with their headers, as interfaces saw them, not what was paid
--   for; those of refused packets are among them.
-- fields: srcaddr dstaddr bytes start interface_id? pkt_srcaddr? pkt_dstaddr?
-- context: network_interfaces? subnets?
-- param: from timestamp = all | records that start at or after this time
-- param: to timestamp = all | records that start before this time
-- param: limit bigint = 20 | rows shown
SELECT
  coalesce(source, destination) AS address,
  sum(CASE WHEN source IS NULL THEN 0 ELSE bytes END) AS sent,
  sum(CASE WHEN source IS NULL THEN bytes ELSE 0 END) AS received,
  sum(bytes) AS bytes,
  owner_of(coalesce(source, destination)) AS owner
FROM (
  -- In each row one of both: what it sent, or what it received.
  SELECT source, destination, sum(bytes) AS bytes
  FROM flows
  WHERE start >= :from AND start < :to
    AND bytes > 0
    -- Each byte once, though both interfaces and NAT gateways saw it.
    AND counted
  GROUP BY GROUPING SETS ((source), (destination))
)
GROUP BY coalesce(source, destination)
ORDER BY bytes DESC, address
LIMIT :limit
