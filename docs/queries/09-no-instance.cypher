// Which services have no instance, and how many depend on them?
MATCH (s:Service)
WHERE NOT EXISTS { (s)<-[:REGISTERED]-(:Instance) }
RETURN s.namespace AS namespace, s.name AS name, COUNT { (s)<-[:DEP_ON]-(:Service) } AS dependents, s AS service
ORDER BY dependents DESC, namespace, name;
