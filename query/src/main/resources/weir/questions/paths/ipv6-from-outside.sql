-- title: IPv6 opened from the internet
-- theme: paths
-- question: Did anything from the internet open a connection to a host of ours over IPv6?
-- means: Each row is a host with IPv6 traffic. opened_inwards 0 and "only answers" is what an
--   egress-only gateway promises: everything accepted from outside answered something that the host
--   began.
-- not: It proves what the logs cover, no more: see coverage-gaps. UDP and ICMP have no flags: they
--   count as opened when they came before the host sent anything to that address.
-- fields: type srcaddr dstaddr protocol tcp_flags action start flow_direction interface_id?
-- context: network_interfaces? subnets? vpcs?
-- else: traffic-paths
-- param: own cidr = fd00::/8 | more addresses that are yours, beside private ones and those that
--   log
-- param: from timestamp = all | records that start at or after this time
-- param: to timestamp = all | records that start before this time
-- param: limit bigint = 50 | rows shown
WITH own AS (
  SELECT DISTINCT srcaddr AS address FROM vpc_flow_logs
  WHERE type = 'IPv6' AND flow_direction = 'egress'
),
talks AS (
  SELECT
    CASE WHEN flow_direction = 'egress' THEN srcaddr ELSE dstaddr END AS host,
    CASE WHEN flow_direction = 'egress' THEN dstaddr ELSE srcaddr END AS peer,
    protocol,
    count_if(flow_direction = 'ingress' AND action = 'ACCEPT'
      AND bitwise_and(tcp_flags, 18) = 2) AS syn_in,
    count_if(flow_direction = 'egress' AND bitwise_and(tcp_flags, 18) = 2) AS syn_out,
    count_if(flow_direction = 'ingress' AND action = 'REJECT') AS refused,
    min(start) FILTER (WHERE flow_direction = 'ingress' AND action = 'ACCEPT') AS first_in,
    min(start) FILTER (WHERE flow_direction = 'egress') AS first_out
  FROM vpc_flow_logs
  WHERE start >= :from AND start < :to AND type = 'IPv6'
  GROUP BY 1, 2, 3
)
SELECT
  host,
  CASE WHEN sum(opened_in) > 0 THEN 'opened from outside' ELSE 'only answers' END AS verdict,
  sum(opened_in) AS opened_inwards,
  sum(refused) AS refused_inwards,
  sum(syn_out) AS opened_outwards,
  count(DISTINCT peer) AS peers,
  min_by(peer, CASE WHEN opened_in > 0 THEN first_in END) AS first_opened_by,
  owner_of(host) AS host_owner
FROM (
  SELECT
    *,
    -- Times are seconds of windows: an answer's may say the same second, or one before.
    CASE WHEN protocol = 6 THEN syn_in
      WHEN first_in IS NOT NULL AND (first_out IS NULL OR first_in < first_out - 60) THEN 1
      ELSE 0 END AS opened_in
  FROM talks
  WHERE peer NOT IN (SELECT address FROM own)
    AND NOT is_own(peer)
    AND NOT contains(:own, CAST(peer AS IPADDRESS))
)
GROUP BY host
ORDER BY opened_inwards DESC, refused_inwards DESC, host
LIMIT :limit
