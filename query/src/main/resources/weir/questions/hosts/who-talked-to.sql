-- title: Who talked to this host
-- theme: hosts
-- question: Who talked to this address, in both directions, and at which ports?
-- means: Each row is another address and a port of the service (the lower of the two), with what
--   this address sent to it and received from it. opened_by says who asked first, where that can be
--   told.
-- not: Where both ends are logged without flow_direction, bytes count twice. Through a NAT gateway
--   or a load balancer the other address is that of the gateway.
-- fields: srcaddr dstaddr srcport dstport protocol bytes action start flow_direction? interface_id?
-- context: network_interfaces? subnets?
-- param: address ipaddress | the host
-- param: from timestamp = all | records that start at or after this time
-- param: to timestamp = all | records that start before this time
-- param: limit bigint = 50 | rows shown
SELECT
  peer,
  protocol_name(protocol) AS protocol,
  port,
  CASE
    WHEN count_if(port = peer_port) > 0 AND count_if(port = own_port) > 0 THEN 'both'
    WHEN count_if(port = own_port) > 0 THEN 'peer'
    ELSE 'host'
  END AS opened_by,
  sum(bytes) FILTER (WHERE outward) AS sent,
  sum(bytes) FILTER (WHERE NOT outward) AS received,
  count_if(action = 'ACCEPT') AS accepted,
  count_if(action = 'REJECT') AS rejected,
  from_unixtime(min(start)) AS first_seen,
  from_unixtime(max(start)) AS last_seen,
  owner_of(peer) AS owner
FROM (
  SELECT dstaddr AS peer, srcport AS own_port, dstport AS peer_port,
    least(srcport, dstport) AS port, protocol, TRUE AS outward, bytes, action, start
  FROM vpc_flow_logs
  WHERE start >= :from AND start < :to AND srcaddr = :address
    AND (flow_direction <> 'ingress' OR NOT is_private(:address))
  UNION ALL
  SELECT srcaddr, dstport, srcport, least(srcport, dstport), protocol, FALSE, bytes, action, start
  FROM vpc_flow_logs
  WHERE start >= :from AND start < :to AND dstaddr = :address
    AND (flow_direction <> 'egress' OR NOT is_private(:address))
)
GROUP BY peer, protocol, port
ORDER BY coalesce(sum(bytes), 0) DESC, accepted DESC, peer, port
LIMIT :limit
