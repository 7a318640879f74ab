-- title: Ways to S3 and DynamoDB
-- theme: cost
-- question: Do S3 and DynamoDB go by a gateway endpoint, by the internet gateway or through NAT,
--   and what does that cost?
-- means: Each row is a service and a way, as the hosts see it. A gateway endpoint costs nothing;
--   what goes through a NAT gateway costs price a gigabyte in both directions, and a route to an
--   endpoint saves it.
-- not: Path 1 is any other resource of the VPC: most times a NAT gateway, for which cost is; a
--   transit gateway or a firewall has other prices: see nat-bytes-by-service. Path 2 is either of
--   endpoint and internet gateway: old instances cannot tell. Interface endpoints have private
--   addresses: see interface-endpoints. What leaves the region is billed beside that.
-- fields: interface_id srcaddr dstaddr srcport dstport pkt_srcaddr pkt_dstaddr pkt_src_aws_service
--   pkt_dst_aws_service traffic_path bytes start flow_direction
-- else: top-aws-services
-- param: price double = 0.045 | dollars for a gigabyte (10^9 bytes) through NAT
-- param: from timestamp = all | records that start at or after this time
-- param: to timestamp = all | records that start before this time
WITH talks AS (
  -- Answers carry no path: they go by the way of what the same connection sent.
  SELECT
    interface_id,
    CASE WHEN flow_direction = 'egress' THEN pkt_dst_aws_service ELSE pkt_src_aws_service END
      AS service,
    CASE WHEN flow_direction = 'egress' THEN pkt_dstaddr ELSE pkt_srcaddr END AS remote,
    CASE WHEN flow_direction = 'egress' THEN srcaddr ELSE dstaddr END AS host,
    CASE WHEN flow_direction = 'egress' THEN srcport ELSE dstport END AS port,
    max(traffic_path) AS path,
    sum(CASE WHEN flow_direction = 'egress' THEN bytes ELSE 0 END) AS sent,
    sum(CASE WHEN flow_direction = 'ingress' THEN bytes ELSE 0 END) AS received
  FROM flows
  WHERE start >= :from AND start < :to
    AND bytes > 0
    AND (pkt_dst_aws_service IN ('S3', 'DYNAMODB') OR pkt_src_aws_service IN ('S3', 'DYNAMODB'))
    -- Each byte once, though both interfaces and NAT gateways saw it.
    AND counted
  GROUP BY 1, 2, 3, 4, 5
)
SELECT
  service AS aws_service,
  CASE path
    WHEN 7 THEN 'gateway endpoint'
    WHEN 8 THEN 'internet gateway'
    WHEN 2 THEN 'gateway endpoint or internet gateway'
    WHEN 1 THEN 'NAT gateway or another resource of the VPC'
    ELSE coalesce(traffic_path_name(path), 'unknown')
  END AS way,
  count(DISTINCT host) AS hosts,
  sum(sent) AS sent,
  sum(received) AS received,
  CAST(CASE WHEN path = 1 THEN sum(sent + received) / 1e9 * :price ELSE 0 END
    AS DECIMAL(18, 4)) AS cost
FROM talks
WHERE service IN ('S3', 'DYNAMODB')
GROUP BY service, path
ORDER BY sum(sent + received) DESC, service, way
