-- title: Services with most bytes
-- theme: traffic
-- question: Which services, by protocol and port, carry the most bytes?
-- means: Each row is a service: the lower of a record's two ports, with both directions of its
--   traffic. hosts is how many addresses answered at that port.
-- not: A port says what usually is there, not what is. Where both ports were picked by clients, as
--   in passive FTP or peer to peer, the lower one says nothing.
-- fields: srcport dstport protocol bytes start interface_id? srcaddr? dstaddr?
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
FROM flows
WHERE start >= :from AND start < :to
  AND bytes > 0
  AND protocol IN (6, 17)
  -- Each byte once, though both interfaces and NAT gateways saw it.
  AND counted
GROUP BY protocol, least(srcport, dstport)
ORDER BY bytes DESC, port
LIMIT :limit
