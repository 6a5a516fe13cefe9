// Who depends on a service with unhealthy instances?
MATCH (t:Service)<-[:REGISTERED]-(i:Instance {health: 'UNHEALTHY'})
WITH t, count(i) AS unhealthy
MATCH (s:Service)-[d:DEP_ON]->(t)
RETURN s.namespace + '/' + s.name AS dependent, t.namespace + '/' + t.name AS on, unhealthy,
  COUNT { (t)<-[:REGISTERED]-(:Instance) } AS instances, s, d, t
ORDER BY dependent, on;
