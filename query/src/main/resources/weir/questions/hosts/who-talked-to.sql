-- title: Who talked to this host
-- theme: hosts
-- question: Who talked to this address, in both directions, and at which ports?
-- means: Each row is another address and a port of the service (the lower of the two), with what
--   this address sent to it and received from it. opened_by says who asked: by SYN where logs have
--   flags, else who has the higher port.
-- not: Logs without interface_id do not tell which records repeat others, and lose what hosts
--   inside send that are not logged. Through a load balancer the other address is the balancer's,
--   and without pkt_srcaddr and pkt_dstaddr through a NAT gateway the gateway's.
-- fields: srcaddr dstaddr srcport dstport protocol bytes action start interface_id? pkt_srcaddr?
--   pkt_dstaddr? tcp_flags?
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
    WHEN count_if(asks AND outward) > 0 AND count_if(asks AND NOT outward) > 0 THEN 'both'
    WHEN count_if(asks) > 0 THEN CASE WHEN bool_or(asks AND outward) THEN 'host' ELSE 'peer' END
    -- Without flags, who has the higher port.
    WHEN count_if(port = peer_port) > 0 AND count_if(port = own_port) > 0 THEN 'both'
    WHEN count_if(port = own_port) > 0 THEN 'peer'
    ELSE 'host'
  END AS opened_by,
  sum(bytes) FILTER (WHERE counted AND outward) AS sent,
  sum(bytes) FILTER (WHERE counted AND NOT outward) AS received,
  count_if(action = 'ACCEPT') AS accepted,
  count_if(action = 'REJECT') AS rejected,
  from_unixtime(min(start)) AS first_seen,
  from_unixtime(max(start)) AS last_seen,
  owner_of(peer) AS owner
FROM (
  SELECT destination AS peer, srcport AS own_port, dstport AS peer_port,
    least(srcport, dstport) AS port, protocol, TRUE AS outward, bytes, action, start, counted,
    coalesce(bitwise_and(tcp_flags, 18) = 2, FALSE) AS asks
  FROM flows
  WHERE start >= :from AND start < :to AND source = :address
  UNION ALL
  SELECT source, dstport, srcport, least(srcport, dstport), protocol, FALSE, bytes, action, start,
    counted, coalesce(bitwise_and(tcp_flags, 18) = 2, FALSE)
  FROM flows
  WHERE start >= :from AND start < :to AND destination = :address
)
-- Each byte once; and what the other interface rejected, though the sender's own let it out.
WHERE counted OR action = 'REJECT'
GROUP BY peer, protocol, port
ORDER BY coalesce(sum(bytes) FILTER (WHERE counted), 0) DESC, accepted DESC, peer, port
LIMIT :limit
