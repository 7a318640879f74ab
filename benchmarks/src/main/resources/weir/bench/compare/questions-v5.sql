-- Questions over the 29 fields up to version 5, in the same form.

-- v5: both ends in networks
SELECT srcaddr, dstaddr, sum(bytes) AS b FROM vpc_flow_logs
WHERE contains('10.16.0.0/16', CAST(srcaddr AS ipaddress))
  AND contains('10.16.0.0/16', CAST(dstaddr AS ipaddress))
GROUP BY srcaddr, dstaddr ORDER BY b DESC, srcaddr, dstaddr LIMIT 30
-- duckdb
SELECT srcaddr, dstaddr, sum(bytes) AS b FROM vpc_flow_logs
WHERE srcaddr LIKE '10.16.%' AND dstaddr LIKE '10.16.%'
GROUP BY srcaddr, dstaddr ORDER BY b DESC, srcaddr, dstaddr LIMIT 30

-- v5: scans
SELECT srcaddr, count(DISTINCT dstaddr) AS h, count(DISTINCT dstport) AS p FROM vpc_flow_logs
WHERE action = 'REJECT' GROUP BY srcaddr ORDER BY p DESC, h DESC, srcaddr LIMIT 20

-- v5: traffic paths
SELECT CASE traffic_path WHEN 1 THEN 'VPC' WHEN 2 THEN 'internet or gateway endpoint'
  WHEN 3 THEN 'virtual private gateway' WHEN 4 THEN 'peering' WHEN 5 THEN 'peering to a region'
  WHEN 7 THEN 'gateway endpoint' WHEN 8 THEN 'internet' ELSE 'other' END AS path,
  sum(bytes), sum(packets), count(*) FROM vpc_flow_logs WHERE flow_direction = 'egress' GROUP BY 1

-- v5: top three of each VPC
SELECT vpc_id, srcaddr, b FROM (SELECT vpc_id, srcaddr, b,
  row_number() OVER (PARTITION BY vpc_id ORDER BY b DESC, srcaddr) AS r
  FROM (SELECT vpc_id, srcaddr, sum(bytes) AS b FROM vpc_flow_logs WHERE log_status = 'OK'
    GROUP BY vpc_id, srcaddr) AS s) AS t WHERE r <= 3 ORDER BY vpc_id, r

-- v5: beacons of instances
SELECT instance_id, dstaddr, count(*) AS n, stddev(gap) FROM (
  SELECT instance_id, dstaddr, start - lag(start)
    OVER (PARTITION BY instance_id, dstaddr ORDER BY start) AS gap
  FROM vpc_flow_logs WHERE flow_direction = 'egress' AND traffic_path = 8
    AND instance_id LIKE 'i-%') AS t
WHERE gap IS NOT NULL GROUP BY instance_id, dstaddr HAVING count(*) > 20
ORDER BY n DESC, instance_id, dstaddr LIMIT 20

-- v5: accepts with rejects
SELECT a.interface_id, count(*) AS n FROM vpc_flow_logs a JOIN vpc_flow_logs r
ON a.srcaddr = r.dstaddr AND a.dstaddr = r.srcaddr AND a.interface_id = r.interface_id
WHERE a.action = 'ACCEPT' AND r.action = 'REJECT' AND a.protocol = r.protocol
GROUP BY a.interface_id ORDER BY n DESC, a.interface_id LIMIT 20

-- v5: parts of addresses
SELECT split_part(dstaddr, '.', 1) AS o, count(*), sum(bytes) FROM vpc_flow_logs
WHERE srcaddr LIKE '10.16.%' AND dstaddr NOT LIKE '10.%' AND type = 'IPv4'
GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 20

-- v5: services of AWS by path
SELECT pkt_dst_aws_service, traffic_path, sum(bytes), count(*) FROM vpc_flow_logs
WHERE pkt_dst_aws_service IN ('S3', 'DYNAMODB') AND flow_direction = 'egress'
GROUP BY pkt_dst_aws_service, traffic_path

-- v5: top instances
SELECT instance_id, vpc_id, sum(bytes) AS b FROM vpc_flow_logs WHERE instance_id LIKE 'i-%'
GROUP BY instance_id, vpc_id ORDER BY b DESC, instance_id LIMIT 50

-- v5: top subnets
SELECT subnet_id, az_id, sum(bytes) AS b, count(*) FROM vpc_flow_logs WHERE log_status = 'OK'
GROUP BY subnet_id, az_id ORDER BY b DESC, subnet_id, az_id LIMIT 50

-- v5: through a NAT
SELECT srcaddr, pkt_srcaddr, sum(bytes) AS b FROM vpc_flow_logs
WHERE srcaddr <> pkt_srcaddr AND log_status = 'OK'
GROUP BY srcaddr, pkt_srcaddr ORDER BY b DESC, srcaddr, pkt_srcaddr LIMIT 20

-- v5: only SYN
SELECT srcaddr, count(DISTINCT dstaddr) AS h, count(*) FROM vpc_flow_logs
WHERE bitwise_and(tcp_flags, 2) = 2 AND bitwise_and(tcp_flags, 17) = 0 AND protocol = 6
GROUP BY srcaddr ORDER BY h DESC, srcaddr LIMIT 20
-- duckdb
SELECT srcaddr, count(DISTINCT dstaddr) AS h, count(*) FROM vpc_flow_logs
WHERE tcp_flags & 2 = 2 AND tcp_flags & 17 = 0 AND protocol = 6
GROUP BY srcaddr ORDER BY h DESC, srcaddr LIMIT 20

-- v5: an interface
SELECT flow_direction, dstport, count(*) AS n, sum(bytes) FROM vpc_flow_logs
WHERE interface_id = '{interface}' GROUP BY flow_direction, dstport
ORDER BY n DESC, flow_direction, dstport LIMIT 20

-- v5: IPv6
SELECT traffic_path, flow_direction, count(*), sum(bytes) FROM vpc_flow_logs WHERE type = 'IPv6'
GROUP BY traffic_path, flow_direction
