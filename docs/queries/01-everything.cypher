// What is there: every namespace, service and instance?
MATCH (n:Namespace|Service|Instance)
OPTIONAL MATCH (n)-[r]->(m)
RETURN n, r, m;
