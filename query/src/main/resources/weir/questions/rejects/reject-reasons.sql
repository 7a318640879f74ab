-- title: Rejected by Block Public Access or encryption controls
-- theme: rejects
-- question: What did VPC Block Public Access (BPA) or encryption controls (EC) reject?
-- means: Each row is traffic that a control of the account stopped, whatever security groups and
--   network ACLs say. BPA: it came from or went to the internet. EC: it was not encrypted where it
--   has to be.
-- not: All other rejections have no reason in the record: see denied-by. Records of BPA have no
--   bytes.
-- fields: reject_reason interface_id srcaddr dstaddr dstport protocol packets action start
-- else: denied-by
-- param: from timestamp = all | records that start at or after this time
-- param: to timestamp = all | records that start before this time
-- param: limit bigint = 20 | rows shown
SELECT
  reject_reason AS reason,
  interface_id AS interface,
  srcaddr AS source,
  dstaddr AS destination,
  protocol_name(protocol) AS protocol,
  dstport AS port,
  count(*) AS records,
  sum(packets) AS packets,
  from_unixtime(min(start)) AS first_seen,
  from_unixtime(max(start)) AS last_seen
FROM vpc_flow_logs
WHERE start >= :from AND start < :to AND reject_reason <> '-'
GROUP BY reject_reason, interface_id, srcaddr, dstaddr, protocol, dstport
ORDER BY records DESC, reason, interface, source, destination, port
LIMIT :limit
