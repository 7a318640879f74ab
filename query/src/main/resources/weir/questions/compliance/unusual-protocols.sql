-- title: Protocols beside TCP, UDP and ICMP
-- theme: compliance
-- question: Which hosts use other IP protocols: GRE, ESP, SCTP, IP in IP, or ones that nobody uses?
-- means: Each row is a source, a destination and a protocol. Tunnels of your own are GRE (47), ESP
--   (50), AH (51), IPv6 in IPv4 (41); anything else is worth a question.
-- not: VRRP (112) and IGMP (2) are parts of appliances and clusters.
-- mitre: T1095
-- fields: srcaddr dstaddr protocol packets bytes action start interface_id? pkt_srcaddr?
--   pkt_dstaddr?
-- context: network_interfaces? subnets?
-- param: from timestamp = all | records that start at or after this time
-- param: to timestamp = all | records that start before this time
-- param: limit bigint = 20 | rows shown
SELECT
  source,
  destination,
  protocol,
  protocol_name(protocol) AS name,
  sum(CASE WHEN counted THEN bytes ELSE 0 END) AS bytes,
  count_if(action = 'ACCEPT') AS accepted,
  count_if(action = 'REJECT') AS rejected,
  from_unixtime(min(start)) AS first_seen,
  from_unixtime(max(start)) AS last_seen,
  owner_of(source) AS source_owner,
  owner_of(destination) AS destination_owner
FROM flows
WHERE start >= :from AND start < :to
  AND protocol NOT IN (1, 6, 17, 58)
  -- Each byte once; and what the other interface rejected, though the sender's own let it out.
  AND (counted OR action = 'REJECT')
GROUP BY source, destination, protocol
ORDER BY bytes DESC, source, destination, protocol
LIMIT :limit
