-- title: Large uploads
-- theme: exfiltration
-- question: Which hosts sent very much to one address outside within a day?
-- means: Each row is a day on which a host sent at least so much to one address outside. Ask who
--   owns the destination, and whether the host has a reason to send there.
-- not: Backups, log shipping and replies of a busy web server are large as well: upload-ratio tells
--   them from pushing. Many small uploads to many addresses stay below the size.
-- mitre: T1048 T1567
-- fields: srcaddr dstaddr packets bytes start end interface_id? pkt_dst_aws_service? action?
-- context: network_interfaces? subnets?
-- param: megabytes bigint = 500 | at least so many megabytes a day
-- param: from timestamp = all | records that start at or after this time
-- param: to timestamp = all | records that start before this time
-- param: limit bigint = 20 | rows shown
SELECT
  srcaddr AS source,
  dstaddr AS destination,
  CAST(from_unixtime(start - start % 86400) AS DATE) AS day,
  sum(bytes) AS bytes,
  sum(packets) AS packets,
  max(pkt_dst_aws_service) AS aws_service,
  from_unixtime(min(start)) AS first_seen,
  from_unixtime(max("end")) AS last_seen,
  owner_of(srcaddr) AS source_owner,
  owner_of(dstaddr) AS destination_owner
FROM flows
WHERE start >= :from AND start < :to AND bytes > 0 AND action <> 'REJECT'
  AND is_own(srcaddr) AND NOT is_own(dstaddr)
  -- Each byte once, though both interfaces and NAT gateways saw it.
  AND counted
GROUP BY srcaddr, dstaddr, start - start % 86400
HAVING sum(bytes) >= :megabytes * 1000000
ORDER BY bytes DESC, source, destination, day
LIMIT :limit
