-- title: Bytes through NAT gateways by AWS service
-- theme: cost
-- question: How many of a NAT gateway's bytes are for services of AWS, which endpoints would take
--   for less?
-- means: Each row is a service, with each byte counted once. S3 and DYNAMODB have gateway
--   endpoints, which cost nothing: their cost here is what a route would save. Others have
--   interface endpoints.
-- not: "-" is everything that is not AWS's. AMAZON is any service without a name of its own.
-- fields: interface_id srcaddr dstaddr pkt_srcaddr pkt_dstaddr pkt_src_aws_service
--   pkt_dst_aws_service bytes start flow_direction instance_id? interface_type?
-- context: network_interfaces?
-- else: nat-bytes-by-destination
-- param: price double = 0.045 | dollars for a gigabyte (10^9 bytes) through the gateway
-- param: from timestamp = all | records that start at or after this time
-- param: to timestamp = all | records that start before this time
SELECT
  service AS aws_service,
  count(DISTINCT host) AS hosts,
  sum(uploaded) AS uploaded,
  sum(downloaded) AS downloaded,
  CAST(sum(uploaded + downloaded) / 1e9 * :price AS DECIMAL(18, 4)) AS cost
FROM (
  SELECT
    CASE WHEN flow_direction = 'ingress' THEN pkt_dst_aws_service ELSE pkt_src_aws_service END
      AS service,
    CASE WHEN flow_direction = 'ingress' THEN srcaddr ELSE dstaddr END AS host,
    CASE WHEN flow_direction = 'ingress' THEN bytes ELSE 0 END AS uploaded,
    CASE WHEN flow_direction = 'egress' THEN bytes ELSE 0 END AS downloaded
  FROM vpc_flow_logs
  WHERE start >= :from AND start < :to AND bytes > 0
    -- Nodes of pods and appliances that forward rewrite addresses as well.
    AND is_nat_interface(interface_id)
    AND ((flow_direction = 'ingress' AND dstaddr <> pkt_dstaddr)
      OR (flow_direction = 'egress' AND srcaddr <> pkt_srcaddr))
)
GROUP BY service
ORDER BY sum(uploaded + downloaded) DESC, service
