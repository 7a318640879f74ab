-- Questions over the 14 fields of the default format. Each begins with `-- name`; where DuckDB says
-- it in other words, those follow `-- duckdb`. Words in braces are chosen from the data.

-- all records
SELECT count(*) FROM vpc_flow_logs

-- all bytes and packets
SELECT sum(bytes), sum(packets), min(start), max("end") FROM vpc_flow_logs

-- any 100 records
SELECT count(*) FROM (SELECT * FROM vpc_flow_logs LIMIT 100) AS t

-- by log_status
SELECT log_status, count(*), sum(bytes) FROM vpc_flow_logs GROUP BY log_status

-- by action and protocol
SELECT action, protocol, count(*), sum(bytes) FROM vpc_flow_logs WHERE log_status = 'OK'
GROUP BY action, protocol

-- top talkers
SELECT srcaddr, sum(bytes) AS b FROM vpc_flow_logs WHERE log_status = 'OK'
GROUP BY srcaddr ORDER BY b DESC, srcaddr LIMIT 10

-- top pairs
SELECT srcaddr, dstaddr, sum(bytes) AS b FROM vpc_flow_logs WHERE log_status = 'OK'
GROUP BY srcaddr, dstaddr ORDER BY b DESC, srcaddr, dstaddr LIMIT 50

-- top pairs of either direction
SELECT CASE WHEN srcaddr < dstaddr THEN srcaddr ELSE dstaddr END AS a,
  CASE WHEN srcaddr < dstaddr THEN dstaddr ELSE srcaddr END AS z, sum(bytes) AS b
FROM vpc_flow_logs WHERE log_status = 'OK' GROUP BY 1, 2 ORDER BY b DESC, a, z LIMIT 20

-- top interfaces
SELECT interface_id, account_id, sum(bytes) AS b, count(*) FROM vpc_flow_logs
WHERE log_status = 'OK' GROUP BY interface_id, account_id ORDER BY b DESC, interface_id LIMIT 10

-- rejected ports
SELECT dstport, count(*) AS n FROM vpc_flow_logs WHERE action = 'REJECT'
GROUP BY dstport ORDER BY n DESC, dstport LIMIT 20

-- port scans
SELECT srcaddr, count(DISTINCT dstport) AS p, count(DISTINCT dstaddr) AS h FROM vpc_flow_logs
WHERE action = 'REJECT' GROUP BY srcaddr ORDER BY p DESC, srcaddr LIMIT 10

-- sweeps
SELECT srcaddr, dstport, count(DISTINCT dstaddr) AS h FROM vpc_flow_logs
WHERE action = 'REJECT' AND protocol = 6 GROUP BY srcaddr, dstport
HAVING count(DISTINCT dstaddr) > 3 ORDER BY h DESC, srcaddr, dstport LIMIT 20

-- per minute
SELECT start - start % 60 AS m, count(*), sum(bytes), sum(packets) FROM vpc_flow_logs
GROUP BY start - start % 60 ORDER BY m

-- accepted and rejected in five minutes
SELECT start - start % 300 AS m, count(*) FILTER (WHERE action = 'ACCEPT'),
  count(*) FILTER (WHERE action = 'REJECT') FROM vpc_flow_logs
GROUP BY start - start % 300 ORDER BY m

-- hour of the day
SELECT hour(from_unixtime(start)) AS h, sum(bytes) FROM vpc_flow_logs
WHERE log_status = 'OK' GROUP BY 1 ORDER BY 1
-- duckdb
SELECT (start // 3600) % 24 AS h, sum(bytes) FROM vpc_flow_logs
WHERE log_status = 'OK' GROUP BY 1 ORDER BY 1

-- one hour by action
SELECT action, count(*), sum(bytes) FROM vpc_flow_logs
WHERE start >= {from} AND start < {to} GROUP BY action

-- distinct triples
SELECT count(*) FROM (SELECT DISTINCT srcaddr, dstaddr, dstport FROM vpc_flow_logs
WHERE log_status = 'OK') AS t

-- distinct sources and destinations
SELECT count(DISTINCT srcaddr), count(DISTINCT dstaddr) FROM vpc_flow_logs WHERE log_status = 'OK'

-- one address, one port
SELECT count(*), sum(bytes) FROM vpc_flow_logs WHERE srcaddr = '{address}' AND dstport = 443

-- an address both ways
SELECT srcaddr, dstaddr, srcport, dstport, start, bytes FROM vpc_flow_logs
WHERE srcaddr = '{address}' OR dstaddr = '{address}'
ORDER BY start, srcaddr, dstaddr, srcport, dstport, bytes LIMIT 100

-- peers of an address
SELECT dstaddr, dstport, count(*) AS n, sum(bytes), min(start), max("end") FROM vpc_flow_logs
WHERE srcaddr = '{address}' GROUP BY dstaddr, dstport ORDER BY n DESC, dstaddr, dstport LIMIT 50

-- a network
SELECT dstport, count(*) AS n, sum(bytes) FROM vpc_flow_logs
WHERE contains('10.0.0.0/8', CAST(srcaddr AS ipaddress)) AND action = 'ACCEPT'
GROUP BY dstport ORDER BY n DESC, dstport LIMIT 20
-- duckdb
SELECT dstport, count(*) AS n, sum(bytes) FROM vpc_flow_logs
WHERE srcaddr LIKE '10.%' AND action = 'ACCEPT'
GROUP BY dstport ORDER BY n DESC, dstport LIMIT 20

-- an octet of the address
SELECT count(*), sum(bytes) FROM vpc_flow_logs
WHERE split_part(srcaddr, '.', 1) = '10' AND split_part(srcaddr, '.', 2) = '16'

-- prefix of the address
SELECT count(*), sum(bytes) FROM vpc_flow_logs WHERE srcaddr LIKE '10.16.%'

-- addresses by a pattern
SELECT count(*), sum(bytes) FROM vpc_flow_logs
WHERE regexp_like(dstaddr, '^(10\.|172\.(1[6-9]|2[0-9]|3[01])\.|192\.168\.)')
-- duckdb
SELECT count(*), sum(bytes) FROM vpc_flow_logs
WHERE regexp_matches(dstaddr, '^(10\.|172\.(1[6-9]|2[0-9]|3[01])\.|192\.168\.)')

-- inside and outside
SELECT CASE WHEN srcaddr LIKE '10.%' THEN 'in' ELSE 'out' END AS s,
  CASE WHEN dstaddr LIKE '10.%' THEN 'in' ELSE 'out' END AS d, count(*), sum(bytes)
FROM vpc_flow_logs WHERE log_status = 'OK' GROUP BY 1, 2

-- ssh and rdp
SELECT srcaddr, dstport, count(*) AS n, count(*) FILTER (WHERE action = 'REJECT')
FROM vpc_flow_logs WHERE dstport IN (22, 3389) GROUP BY srcaddr, dstport
ORDER BY n DESC, srcaddr, dstport LIMIT 20

-- databases
SELECT dstaddr, dstport, count(*) AS n, sum(bytes) FROM vpc_flow_logs
WHERE dstport IN (1433, 1521, 3306, 5432, 6379, 9042, 9200, 11211, 27017) AND action = 'ACCEPT'
GROUP BY dstaddr, dstport ORDER BY n DESC, dstaddr, dstport LIMIT 20

-- protocols that are rare
SELECT protocol, count(*) FROM vpc_flow_logs WHERE protocol NOT IN (6, 17, 1) GROUP BY protocol

-- largest records
SELECT srcaddr, dstaddr, bytes, start FROM vpc_flow_logs
ORDER BY bytes DESC NULLS LAST, start, srcaddr, dstaddr LIMIT 100

-- large transfers
SELECT srcaddr, dstaddr, sum(bytes) AS b FROM vpc_flow_logs WHERE action = 'ACCEPT'
GROUP BY srcaddr, dstaddr HAVING sum(bytes) > 10000000 ORDER BY b DESC, srcaddr, dstaddr LIMIT 100

-- skipped data by hour
SELECT start - start % 3600 AS h, interface_id, count(*) AS n FROM vpc_flow_logs
WHERE log_status = 'SKIPDATA' GROUP BY 1, 2 ORDER BY n DESC, h, interface_id LIMIT 50

-- first and last seen
SELECT srcaddr, min(start), max("end"), cardinality(array_agg(DISTINCT dstport)) AS p
FROM vpc_flow_logs WHERE dstport < 1024 AND action = 'REJECT' GROUP BY srcaddr
ORDER BY p DESC, srcaddr LIMIT 50
-- duckdb
SELECT srcaddr, min(start), max("end"), len(list(DISTINCT dstport)) AS p
FROM vpc_flow_logs WHERE dstport < 1024 AND action = 'REJECT' GROUP BY srcaddr
ORDER BY p DESC, srcaddr LIMIT 50

-- top destinations of each interval
SELECT h, dstaddr, b FROM (SELECT h, dstaddr, b,
  rank() OVER (PARTITION BY h ORDER BY b DESC, dstaddr) AS r
  FROM (SELECT start - start % 300 AS h, dstaddr, sum(bytes) AS b FROM vpc_flow_logs
    WHERE log_status = 'OK' GROUP BY 1, 2) AS s) AS t WHERE r <= 5 ORDER BY h, r

-- beacons
SELECT srcaddr, dstaddr, count(*) AS n, avg(gap), stddev(gap) FROM (
  SELECT srcaddr, dstaddr, start - lag(start) OVER (PARTITION BY srcaddr, dstaddr ORDER BY start)
    AS gap FROM vpc_flow_logs WHERE dstport = 53) AS t
WHERE gap IS NOT NULL GROUP BY srcaddr, dstaddr HAVING count(*) > 20
ORDER BY n DESC, srcaddr, dstaddr LIMIT 20

-- new destinations
SELECT count(*), count(DISTINCT n.dstaddr) FROM (
  SELECT DISTINCT srcaddr, dstaddr FROM vpc_flow_logs WHERE start >= {to} AND action = 'ACCEPT')
  AS n LEFT JOIN (
  SELECT DISTINCT srcaddr, dstaddr FROM vpc_flow_logs WHERE start < {to} AND action = 'ACCEPT')
  AS o ON n.srcaddr = o.srcaddr AND n.dstaddr = o.dstaddr WHERE o.srcaddr IS NULL

-- accepted one way, rejected the other
SELECT a.srcaddr, a.dstaddr, count(*) AS n FROM vpc_flow_logs a JOIN vpc_flow_logs r
ON a.srcaddr = r.dstaddr AND a.dstaddr = r.srcaddr AND a.srcport = r.dstport
  AND a.dstport = r.srcport AND a.protocol = r.protocol
WHERE a.action = 'ACCEPT' AND r.action = 'REJECT' AND abs(a.start - r.start) < 600
GROUP BY a.srcaddr, a.dstaddr ORDER BY n DESC, a.srcaddr, a.dstaddr LIMIT 20

-- a list of indicators
SELECT i.note, count(*), sum(f.bytes) FROM vpc_flow_logs f
JOIN (VALUES ('{address}', 'a'), ('{other}', 'b'), ('198.51.100.7', 'c'), ('203.0.113.9', 'd'))
  AS i(address, note) ON f.srcaddr = i.address OR f.dstaddr = i.address GROUP BY i.note

-- services by name
SELECT p.name, count(*), sum(f.bytes) FROM vpc_flow_logs f
JOIN (VALUES (22, 'ssh'), (53, 'dns'), (80, 'http'), (123, 'ntp'), (443, 'https'), (3306, 'mysql'))
  AS p(port, name) ON f.dstport = p.port WHERE f.log_status = 'OK' GROUP BY p.name

-- sources that never connect to https
SELECT count(DISTINCT srcaddr) FROM vpc_flow_logs WHERE log_status = 'OK' AND srcaddr NOT IN (
  SELECT srcaddr FROM vpc_flow_logs WHERE dstport = 443 AND srcaddr IS NOT NULL)

-- all hosts
SELECT count(*) FROM (SELECT srcaddr AS a FROM vpc_flow_logs WHERE log_status = 'OK'
  UNION SELECT dstaddr FROM vpc_flow_logs WHERE log_status = 'OK') AS t

-- sent and received
SELECT a, sum(up) AS u, sum(down) AS d FROM (
  SELECT srcaddr AS a, bytes AS up, 0 AS down FROM vpc_flow_logs WHERE action = 'ACCEPT'
  UNION ALL SELECT dstaddr, 0, bytes FROM vpc_flow_logs WHERE action = 'ACCEPT') AS t
GROUP BY a ORDER BY u DESC, a LIMIT 20

-- subtotals
SELECT action, protocol, count(*), sum(bytes) FROM vpc_flow_logs WHERE log_status = 'OK'
GROUP BY ROLLUP (action, protocol)

-- size of packets
SELECT protocol, avg(CAST(bytes AS double) / packets), stddev(CAST(bytes AS double) / packets)
FROM vpc_flow_logs WHERE packets > 0 GROUP BY protocol
