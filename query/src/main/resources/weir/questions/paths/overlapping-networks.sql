-- title: Networks that overlap
-- theme: paths
-- question: Which subnets or VPCs have address ranges that overlap, so that they cannot be peered?
-- means: Each row is a pair of subnets of different VPCs whose ranges share addresses. Those VPCs
--   cannot be peered, and their addresses in flow logs do not say whose they are.
-- not: Only what the file of subnets lists is compared.
-- table: subnets
-- context: subnets
-- fields: subnet_id vpc_id cidr
-- param: limit bigint = 50 | rows shown
SELECT
  a.vpc_id AS vpc,
  a.subnet_id AS subnet,
  a.cidr,
  b.vpc_id AS other_vpc,
  b.subnet_id AS other_subnet,
  b.cidr AS other_cidr
FROM subnets a
JOIN subnets b ON contains(a.cidr, CAST(split_part(b.cidr, '/', 1) AS IPADDRESS))
WHERE a.vpc_id <> b.vpc_id
  -- Of two that overlap the smaller is in the larger; of two alike, one row.
  AND (a.cidr <> b.cidr AND CAST(split_part(a.cidr, '/', 2) AS BIGINT)
      <= CAST(split_part(b.cidr, '/', 2) AS BIGINT)
    OR a.cidr = b.cidr AND a.vpc_id < b.vpc_id)
ORDER BY vpc, subnet, other_vpc, other_subnet
LIMIT :limit
