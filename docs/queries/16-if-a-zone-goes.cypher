// What would be left without an instance if an availability zone went?
// Only services all of whose instances name the same zone; an instance without a zone is taken for one that would stay.
MATCH (s:Service)<-[:REGISTERED]-(i:Instance)
WITH s, count(i) AS instances, count(i.AVAILABILITY_ZONE) AS with_zone, collect(DISTINCT i.AVAILABILITY_ZONE) AS zones
WHERE with_zone = instances AND size(zones) = 1
RETURN zones[0] AS zone, s.namespace AS namespace, s.name AS name, instances,
  COUNT { (s)<-[:DEP_ON]-(:Service) } AS dependents, s AS service
ORDER BY zone, dependents DESC, namespace, name;
