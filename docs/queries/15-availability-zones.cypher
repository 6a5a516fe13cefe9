// How are the instances spread over availability zones?
// AVAILABILITY_ZONE is what ECS registers. Queues, functions, load balancers and the like have no zone.
MATCH (i:Instance)-[:REGISTERED]->(s:Service)
WHERE i.AVAILABILITY_ZONE IS NOT NULL
WITH i.AVAILABILITY_ZONE AS zone, count(i) AS instances, count(DISTINCT s) AS services
WITH collect({name: zone, instances: instances, services: services}) AS zones, sum(instances) AS total
UNWIND zones AS zone
RETURN zone.name AS zone, zone.instances AS instances, round(100.0 * zone.instances / total) AS percent,
  zone.services AS services
ORDER BY instances DESC, zone;
