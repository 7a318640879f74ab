-- title: Use of security group rules
-- theme: rules
-- question: Which rule of a security group let how much in, and when last?
-- means: Each row is a rule with a range of addresses, and the accepted requests that fit it by
--   source, protocol and port at an interface of the group; interfaces' groups come from
--   describe-network-interfaces, without which all interfaces of the rule's VPC count.
-- not: Logs do not say which rule let a packet in: where several fit, each has it. Rules that name
--   another group or a prefix list are not looked at. Without SYN in tcp_flags who asked is taken
--   from the ports: an answer to a lower port looks like a request, a request to a higher one like
--   an answer.
-- fields: interface_id srcaddr dstaddr srcport dstport protocol bytes action start vpc_id?
--   flow_direction? tcp_flags?
-- context: security_group_rules network_interfaces?
-- else: accepted-rejected
-- param: from timestamp = all | records that start at or after this time
-- param: to timestamp = all | records that start before this time
-- param: limit bigint = 100 | rows shown
WITH requests AS (
  SELECT interface_id, srcaddr, dstport, protocol, count(*) AS records, sum(bytes) AS bytes,
    max(start) AS last_used
  FROM flows
  WHERE start >= :from AND start < :to AND action = 'ACCEPT' AND direction = 'ingress'
    -- Regional NAT gateways have no interface, and no groups.
    AND interface_id <> '-'
    -- Answers come in because the request went out, whatever the rules are. SYN without ACK asks.
    AND (protocol NOT IN (6, 17)
      OR CASE WHEN protocol = 6 AND bitwise_and(tcp_flags, 2) = 2
        THEN bitwise_and(tcp_flags, 16) = 0 ELSE dstport <= srcport END)
  GROUP BY interface_id, srcaddr, dstport, protocol
),
members AS (
  SELECT DISTINCT interface_id, trim(entry) AS group_id
  FROM network_interfaces CROSS JOIN UNNEST(split(security_groups, ',')) AS t (entry)
),
-- The rules of each interface: of its groups, which may be none; or where these are not known, of
-- all in its VPC.
ruled AS (
  SELECT m.interface_id, r.*
  FROM members m JOIN security_group_rules r ON r.group_id = m.group_id
  UNION ALL
  SELECT i.interface_id, r.*
  FROM (SELECT DISTINCT interface_id, vpc_id FROM vpc_flow_logs) i
  JOIN security_group_rules r ON i.vpc_id IN (r.vpc_id, '-')
  WHERE NOT EXISTS (SELECT 1 FROM network_interfaces n WHERE n.interface_id = i.interface_id)
)
SELECT
  r.group_id AS security_group,
  r.group_name AS name,
  coalesce(protocol_name(r.protocol), 'all') AS protocol,
  r.from_port,
  r.to_port,
  r.cidr,
  sum(q.records) AS records,
  count(DISTINCT q.srcaddr) AS sources,
  sum(q.bytes) AS bytes,
  from_unixtime(max(q.last_used)) AS last_used
FROM requests q
JOIN ruled r
  ON r.interface_id = q.interface_id
  AND contains(r.cidr, CAST(q.srcaddr AS IPADDRESS))
  AND (r.protocol IS NULL OR r.protocol = q.protocol)
  AND (q.protocol NOT IN (6, 17) OR q.dstport BETWEEN r.from_port AND r.to_port)
WHERE r.direction = 'ingress' AND r.cidr IS NOT NULL
GROUP BY r.group_id, r.group_name, r.protocol, r.from_port, r.to_port, r.cidr
ORDER BY records DESC, security_group, r.from_port, r.cidr
LIMIT :limit
