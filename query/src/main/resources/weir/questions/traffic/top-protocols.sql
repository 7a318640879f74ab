-- title: Protocols
-- theme: traffic
-- question: Which protocols carry how much?
-- means: Each row is a protocol of IANA's list, with IPv4 and IPv6 apart where logs tell them
--   apart.
-- not: A record that both interfaces have counts once, so records is less than the logs have.
-- fields: protocol bytes packets start type? interface_id? srcaddr? dstaddr?
-- param: from timestamp = all | records that start at or after this time
-- param: to timestamp = all | records that start before this time
-- param: limit bigint = 20 | rows shown
SELECT
  protocol,
  protocol_name(protocol) AS name,
  type,
  sum(bytes) AS bytes,
  sum(packets) AS packets,
  count(*) AS records,
  count_if(action = 'REJECT') AS rejected
FROM flows
WHERE start >= :from AND start < :to
  AND packets > 0
  -- Each byte once, though both interfaces and NAT gateways saw it.
  AND counted
GROUP BY protocol, type
ORDER BY bytes DESC, protocol, type
LIMIT :limit
