-- title: ECS services
-- theme: containers
-- question: Which ECS services send and receive how much, and how much of theirs is rejected?
-- means: Each row is a service of a cluster, with the tasks that were seen. Tasks that no service
--   started stand under "-".
-- not: Only tasks in awsvpc mode have these fields. What two services say to each other is in both
--   rows.
-- fields: ecs_cluster_name ecs_service_name ecs_task_id packets bytes action start flow_direction
-- else: top-instances
-- param: from timestamp = all | records that start at or after this time
-- param: to timestamp = all | records that start before this time
-- param: limit bigint = 20 | rows shown
SELECT
  ecs_cluster_name AS cluster,
  ecs_service_name AS service,
  count(DISTINCT ecs_task_id) AS tasks,
  sum(bytes) FILTER (WHERE flow_direction = 'egress') AS sent,
  sum(bytes) FILTER (WHERE flow_direction = 'ingress') AS received,
  count_if(action = 'REJECT') AS rejected
FROM vpc_flow_logs
WHERE start >= :from AND start < :to AND ecs_cluster_name <> '-' AND packets > 0
GROUP BY ecs_cluster_name, ecs_service_name
ORDER BY sum(bytes) DESC, cluster, service
LIMIT :limit
