-- title: Services with most bytes
-- theme: traffic
-- question: Which services, by protocol and port, carry the most bytes?
-- means: Each row is a service: the lower of a record's two ports, with both directions of its
--   traffic. hosts is how many addresses answered at that port.
-- not: A port says what usually is there, not what is. Where both ports were picked by clients, as
--   in passive FTP or peer to peer, the lower one says nothing.
-- fields: srcport dstport protocol bytes start flow_direction? srcaddr? dstaddr?
-- param: from timestamp = all | records that start at or after this time
-- param: to timestamp = all | records that start before this time
-- param: limit bigint = 20 | rows shown
SELECT
  protocol_name(protocol) AS protocol,
  least(srcport, dstport) AS port,
  service_name(least(srcport, dstport), protocol) AS service,
  sum(bytes) AS bytes,
  count(*) AS records,
  count(DISTINCT CASE WHEN srcport < dstport THEN srcaddr END) AS hosts
FROM vpc_flow_logs
WHERE start >= :from AND start < :to
  AND bytes > 0
  AND protocol IN (6, 17)
  -- Each byte once: what leaves, and of what comes in only what no interface of ours sent.
  AND (flow_direction <> 'ingress' OR NOT is_private(srcaddr))
  -- A NAT gateway repeats what the hosts behind it say themselves.
  AND resource_id NOT LIKE 'nat-%'
  AND interface_id NOT IN (
    SELECT interface_id FROM vpc_flow_logs
    WHERE flow_direction = 'ingress' AND dstaddr <> pkt_dstaddr AND NOT is_private(pkt_dstaddr))
GROUP BY protocol, least(srcport, dstport)
ORDER BY bytes DESC, port
LIMIT :limit
