-- title: Traffic that is not encrypted
-- theme: compliance
-- question: Which hosts exchange data that AWS says is not encrypted (encryption_status 0)?
-- means: Each row is a source, a destination and a service's port. encrypted_percent is the share
--   of this pair's bytes that was (by Nitro, by the application, or both).
-- not: Status 2 is judged by port and endpoint, packets are not looked into: TLS at other ports
--   counts as none. Records without a status are left out: monitoring was off or does not know.
-- mitre: T1040
-- fields: encryption_status srcaddr dstaddr srcport dstport protocol bytes action start
--   interface_id?
-- context: network_interfaces? subnets?
-- else: deprecated-services
-- param: from timestamp = all | records that start at or after this time
-- param: to timestamp = all | records that start before this time
-- param: limit bigint = 20 | rows shown
SELECT
  srcaddr AS source,
  dstaddr AS destination,
  protocol_name(protocol) AS protocol,
  least(srcport, dstport) AS port,
  sum(CASE WHEN encryption_status = 0 THEN bytes ELSE 0 END) AS unencrypted,
  round(1e2 * sum(CASE WHEN encryption_status > 0 THEN bytes ELSE 0 END) / sum(bytes), 1)
    AS encrypted_percent,
  from_unixtime(min(start)) AS first_seen,
  from_unixtime(max(start)) AS last_seen,
  owner_of(srcaddr) AS source_owner,
  owner_of(dstaddr) AS destination_owner
FROM flows
WHERE start >= :from AND start < :to
  AND encryption_status IS NOT NULL
  AND action = 'ACCEPT'
  AND bytes > 0
  -- Each byte once, though both interfaces and NAT gateways saw it.
  AND counted
GROUP BY srcaddr, dstaddr, protocol, least(srcport, dstport)
HAVING sum(CASE WHEN encryption_status = 0 THEN bytes ELSE 0 END) > 0
ORDER BY unencrypted DESC, source, destination, port
LIMIT :limit
