-- title: AWS services
-- theme: traffic
-- question: How many bytes go to and come from which AWS service, by how many addresses of ours?
-- means: Each row is a service that AWS names in the record (S3, DYNAMODB, EC2, AMAZON ...), sent
--   to and received from.
-- not: Services behind interface endpoints have private addresses and no name here: see
--   interface-endpoints. AMAZON is any service of AWS without a name of its own.
-- fields: pkt_src_aws_service pkt_dst_aws_service srcaddr dstaddr bytes start flow_direction
-- else: top-talkers
-- param: from timestamp = all | records that start at or after this time
-- param: to timestamp = all | records that start before this time
-- param: limit bigint = 20 | rows shown
SELECT
  service,
  sum(bytes) FILTER (WHERE flow_direction = 'egress') AS sent,
  sum(bytes) FILTER (WHERE flow_direction = 'ingress') AS received,
  count(DISTINCT own) AS addresses
FROM (
  SELECT
    flow_direction,
    bytes,
    CASE WHEN flow_direction = 'egress' THEN srcaddr ELSE dstaddr END AS own,
    CASE WHEN flow_direction = 'egress' THEN pkt_dst_aws_service ELSE pkt_src_aws_service END
      AS service
  FROM flows
  WHERE start >= :from AND start < :to
    AND bytes > 0
    AND (pkt_dst_aws_service <> '-' OR pkt_src_aws_service <> '-')
    -- Each byte once, though both interfaces and NAT gateways saw it.
    AND counted
)
WHERE service <> '-'
GROUP BY service
ORDER BY sum(bytes) DESC, service
LIMIT :limit
