-- title: Networks that overlap
-- theme: paths
-- question: Which subnets or VPCs have address ranges that overlap, so that they cannot be peered?
-- means: Each row is a pair of subnets or VPCs whose ranges share addresses. Those VPCs cannot be
--   peered, and their addresses in flow logs do not say whose they are. A block without a VPC is a
--   network of its own.
-- not: Only what the files of subnets and VPCs list is compared. A VPC and a subnet are compared
--   where only one of the files has that subnet's VPC.
-- table: subnets
-- context: subnets vpcs?
-- fields: subnet_id vpc_id cidr
-- param: limit bigint = 50 | rows shown
WITH networks AS (
  SELECT vpc_id, coalesce(subnet_id, name) AS subnet, cidr, FALSE AS is_vpc
  FROM subnets
  UNION ALL
  SELECT vpc_id, NULL, cidr, TRUE
  FROM vpcs
),
blocks AS (
  SELECT
    *,
    CAST(split_part(cidr, '/', 1) AS IPADDRESS) AS first_address,
    CAST(split_part(cidr, '/', 2) AS BIGINT) AS bits,
    row_number() OVER (ORDER BY vpc_id, subnet, cidr) AS place,
    vpc_id IN (SELECT vpc_id FROM vpcs) AS has_vpc
  FROM networks
)
SELECT
  a.vpc_id AS vpc,
  a.subnet,
  a.cidr,
  b.vpc_id AS other_vpc,
  b.subnet AS other_subnet,
  b.cidr AS other_cidr
FROM blocks a
JOIN blocks b ON contains(a.cidr, b.first_address)
-- Where no VPC is known it may be any.
WHERE coalesce(a.vpc_id <> b.vpc_id, TRUE)
  -- Of two that overlap the smaller is in the larger; of two alike, one row.
  AND (a.bits < b.bits OR (a.bits = b.bits AND a.place < b.place))
  -- VPCs that both are known are compared as such, and their subnets among themselves.
  AND (a.is_vpc = b.is_vpc OR NOT coalesce(a.has_vpc AND b.has_vpc, FALSE))
ORDER BY vpc, subnet, other_vpc, other_subnet
LIMIT :limit
