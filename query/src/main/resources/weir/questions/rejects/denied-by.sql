-- title: Denied by what
-- theme: rejects
-- question: What stopped this traffic: the network ACL, the security group, or the end of a
--   connection?
-- means: "network ACL (the answer)": the request was let in at this interface and its answer was
--   not let out again. Security groups remember requests, so only a network ACL does that. "late
--   packet": packets of the same connection were let through in that time, so it came behind the
--   connection's end. "security group or network ACL": the request itself was stopped, and logs
--   cannot say by which.
-- not: The verdict needs the accepted record within the slack, at the same interface: where it was
--   lost (see lost-records), the answer's rejection looks like a request's.
-- fields: interface_id srcaddr dstaddr srcport dstport protocol action start end tcp_flags?
--   reject_reason?
-- context: network_interfaces? subnets?
-- else: rejected-sources
-- param: slack bigint = 120 | seconds that the windows of request and answer may be apart
-- param: from timestamp = all | records that start at or after this time
-- param: to timestamp = all | records that start before this time
-- param: limit bigint = 20 | rows shown
WITH rejected AS (
  SELECT
    interface_id, srcaddr, dstaddr, srcport, dstport, protocol, reject_reason,
    min(start) AS first_seen, max("end") AS last_seen, count(*) AS records,
    bool_and(coalesce(bitwise_and(tcp_flags, 18) = 2, FALSE)) AS asks
  FROM vpc_flow_logs
  WHERE start >= :from AND start < :to AND action = 'REJECT'
  GROUP BY interface_id, srcaddr, dstaddr, srcport, dstport, protocol, reject_reason
),
-- What each rejection looks like in the one direction and in the other.
wanted AS (
  SELECT
    r.*, d.same,
    CASE WHEN d.same THEN srcaddr ELSE dstaddr END AS a_srcaddr,
    CASE WHEN d.same THEN dstaddr ELSE srcaddr END AS a_dstaddr,
    CASE WHEN d.same THEN srcport ELSE dstport END AS a_srcport,
    CASE WHEN d.same THEN dstport ELSE srcport END AS a_dstport
  FROM rejected r CROSS JOIN (VALUES TRUE, FALSE) AS d (same)
  -- What asks for a connection with SYN alone is a request: no answer, and not late.
  WHERE NOT r.asks
),
accepted AS (
  SELECT
    w.interface_id, w.srcaddr, w.dstaddr, w.srcport, w.dstport, w.protocol,
    bool_or(w.same) AS same, bool_or(NOT w.same) AS reversed
  FROM vpc_flow_logs a
  JOIN wanted w
    ON a.interface_id = w.interface_id AND a.protocol = w.protocol
    AND a.srcaddr = w.a_srcaddr AND a.dstaddr = w.a_dstaddr
    AND a.srcport = w.a_srcport AND a.dstport = w.a_dstport
  WHERE a.action = 'ACCEPT'
    AND a.start <= w.last_seen + :slack AND a."end" >= w.first_seen - :slack
  GROUP BY w.interface_id, w.srcaddr, w.dstaddr, w.srcport, w.dstport, w.protocol
),
judged AS (
  SELECT r.*, a.same, a.reversed
  FROM rejected r
  LEFT JOIN accepted a
    ON a.interface_id = r.interface_id AND a.protocol = r.protocol
    AND a.srcaddr = r.srcaddr AND a.dstaddr = r.dstaddr
    AND a.srcport = r.srcport AND a.dstport = r.dstport
)
SELECT
  CASE
    WHEN reject_reason = 'BPA' THEN 'VPC Block Public Access'
    WHEN reject_reason = 'EC' THEN 'encryption controls'
    WHEN same THEN 'late packet'
    WHEN reversed THEN 'network ACL (the answer)'
    ELSE 'security group or network ACL'
  END AS denied_by,
  srcaddr AS source,
  dstaddr AS destination,
  protocol_name(protocol) AS protocol,
  -- The port that was asked: where the answer was stopped it is the one that it came from.
  CASE WHEN same THEN least(srcport, dstport) WHEN reversed THEN srcport ELSE dstport END AS port,
  sum(records) AS records,
  from_unixtime(min(first_seen)) AS first_seen,
  from_unixtime(max(last_seen)) AS last_seen,
  owner_of(srcaddr) AS source_owner,
  owner_of(dstaddr) AS destination_owner
FROM judged
GROUP BY 1, 2, 3, 4, 5
ORDER BY records DESC, denied_by, source, destination, port
LIMIT :limit
