// Which services does nobody else depend on?
// Where requests come in, or what is not used any more, or what others use without having said so.
MATCH (s:Service)
WHERE NOT EXISTS { MATCH (s)<-[:DEP_ON]-(other:Service) WHERE other <> s }
RETURN s.namespace AS namespace, s.name AS name, COUNT { (s)-[:DEP_ON]->(:Service) } AS depends_on,
  COUNT { (s)<-[:REGISTERED]-(:Instance) } AS instances, s AS service
ORDER BY namespace, name;
