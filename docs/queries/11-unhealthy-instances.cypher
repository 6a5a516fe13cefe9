// Which services have unhealthy instances?
MATCH (s:Service)<-[:REGISTERED]-(i:Instance {health: 'UNHEALTHY'})
WITH s, i ORDER BY i.name
WITH s, collect(i.name) AS unhealthy
RETURN s.namespace AS namespace, s.name AS name, unhealthy,
  COUNT { (s)<-[:REGISTERED]-(:Instance) } AS instances, s AS service
ORDER BY namespace, name;
