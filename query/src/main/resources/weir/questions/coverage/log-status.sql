-- title: What kind of records there are
-- theme: coverage
-- question: How many records of each account and VPC have traffic (OK), none (NODATA) or were lost?
-- means: Each row is an account, region and VPC. Much NODATA is idle interfaces, which may cost for
--   nothing.
-- not: A store holds what was collected, which need not be what was delivered: see missing-hours.
-- fields: account_id log_status start end interface_id? vpc_id? region?
-- param: from timestamp = all | records that start at or after this time
-- param: to timestamp = all | records that start before this time
-- param: limit bigint = 50 | rows shown
SELECT
  account_id AS account,
  region,
  vpc_id AS vpc,
  count_if(log_status = 'OK') AS ok,
  count_if(log_status = 'NODATA') AS nodata,
  count_if(log_status = 'SKIPDATA') AS skipdata,
  count(DISTINCT interface_id) AS interfaces,
  from_unixtime(min(start)) AS first_seen,
  from_unixtime(max("end")) AS last_seen
FROM vpc_flow_logs
WHERE start >= :from AND start < :to
GROUP BY account_id, region, vpc_id
ORDER BY ok DESC, account, region, vpc
LIMIT :limit
