// A DEP_ON without sources is somebody else's, and is left alone.
UNWIND $rows AS row
MATCH (service:Service {arn: row.arn})
USING INDEX SEEK service:Service(arn)
MATCH (target:Service {arn: row.target})
USING INDEX SEEK target:Service(arn)
CREATE (service)-[:DEP_ON {sources: row.sources}]->(target)
