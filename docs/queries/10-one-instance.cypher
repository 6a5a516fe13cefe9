// Which services have one instance only, and how many depend on them?
// A queue or a table is one instance and yet no single point of failure: see its kind.
MATCH (s:Service)<-[:REGISTERED]-(i:Instance)
WHERE COUNT { (s)<-[:REGISTERED]-(:Instance) } = 1
RETURN s.namespace AS namespace, s.name AS name, i.name AS instance, i.kind AS kind,
  COUNT { (s)<-[:DEP_ON]-(:Service) } AS dependents, s AS service
ORDER BY dependents DESC, namespace, name;
