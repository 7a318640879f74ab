-- title: Connections begun and never made
-- theme: scanning
-- question: Who was let in with a SYN and never sent more: half-open scans and floods?
-- means: Each row is a source whose accepted TCP records at a port have SYN and nothing else, of
--   one or two packets. Many ports is a scan that goes through the firewall, many records of one
--   port a flood.
-- not: A host that is down gives the same picture, as clients try again: look whether others get
--   through.
-- mitre: T1595.001 T1498.001
-- fields: srcaddr dstaddr dstport protocol packets action tcp_flags start interface_id?
-- context: network_interfaces? subnets?
-- else: no-reply
-- param: tries bigint = 10 | at least so many records
-- param: from timestamp = all | records that start at or after this time
-- param: to timestamp = all | records that start before this time
-- param: limit bigint = 20 | rows shown
SELECT
  srcaddr AS source,
  dstaddr AS host,
  count(*) AS tries,
  count(DISTINCT dstport) AS ports,
  from_unixtime(min(start)) AS first_seen,
  from_unixtime(max(start)) AS last_seen,
  owner_of(srcaddr) AS source_owner,
  owner_of(dstaddr) AS host_owner
FROM flows
WHERE start >= :from AND start < :to
  AND protocol = 6
  AND action = 'ACCEPT'
  AND tcp_flags = 2 -- of all packets of the record together: no FIN, no RST
  AND packets <= 2
  -- Whether it was let in is said by the host's own interface; where that is not logged, by any.
  AND coalesce(address_number(dstaddr) = interface_number(interface_id), counted)
GROUP BY srcaddr, dstaddr
HAVING count(*) >= :tries
ORDER BY tries DESC, source, host
LIMIT :limit
