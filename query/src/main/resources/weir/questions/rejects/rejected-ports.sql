-- title: Ports that are rejected most
-- theme: rejects
-- question: At which ports was traffic rejected, from how many sources?
-- means: Each row is a port that was asked for and refused. Many sources outside are the noise of
--   the internet; few sources inside are somebody who needs a rule.
-- not: A port that is not listed was not tried, or was let through.
-- fields: srcaddr dstaddr dstport protocol action start
-- param: from timestamp = all | records that start at or after this time
-- param: to timestamp = all | records that start before this time
-- param: limit bigint = 20 | rows shown
SELECT
  protocol_name(protocol) AS protocol,
  dstport AS port,
  service_name(dstport, protocol) AS service,
  count(*) AS rejected,
  count(DISTINCT srcaddr) AS sources,
  count(DISTINCT CASE WHEN is_private(srcaddr) THEN srcaddr END) AS private_sources,
  count(DISTINCT dstaddr) AS hosts
FROM vpc_flow_logs
WHERE start >= :from AND start < :to AND action = 'REJECT'
GROUP BY protocol, dstport
ORDER BY rejected DESC, port, protocol
LIMIT :limit
