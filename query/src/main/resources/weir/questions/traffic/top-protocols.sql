-- title: Protocols
-- theme: traffic
-- question: Which protocols carry how much?
-- means: Each row is a protocol of IANA's list, with IPv4 and IPv6 apart where logs tell them
--   apart.
-- not: A record that both interfaces have counts once, so records is less than the logs have.
--   rejected counts records wherever they are: what the destination's interface rejects the
--   source's let out, and that is the record in records.
-- fields: protocol bytes packets start action? type? interface_id? srcaddr? dstaddr?
-- param: from timestamp = all | records that start at or after this time
-- param: to timestamp = all | records that start before this time
-- param: limit bigint = 20 | rows shown
SELECT
  protocol,
  protocol_name(protocol) AS name,
  type,
  sum(CASE WHEN counted THEN bytes ELSE 0 END) AS bytes,
  sum(CASE WHEN counted THEN packets ELSE 0 END) AS packets,
  count_if(counted) AS records,
  count_if(action = 'REJECT') AS rejected
FROM flows
WHERE start >= :from AND start < :to
  AND packets > 0
  -- Each byte once, though both interfaces and NAT gateways saw it.
  AND (counted OR action = 'REJECT')
GROUP BY protocol, type
ORDER BY bytes DESC, protocol, type
LIMIT :limit
