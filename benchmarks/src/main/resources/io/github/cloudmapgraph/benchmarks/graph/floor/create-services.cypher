CYPHER replan=skip
UNWIND $rows AS row
MATCH (namespace:Namespace {arn: row.parent})
CREATE (service:Service)-[:IN_NAMESPACE]->(namespace)
SET service = row.set
