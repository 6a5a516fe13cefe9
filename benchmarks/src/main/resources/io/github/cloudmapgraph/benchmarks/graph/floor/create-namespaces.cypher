CYPHER replan=skip
UNWIND $rows AS row
CREATE (namespace:Namespace)
SET namespace = row.set
