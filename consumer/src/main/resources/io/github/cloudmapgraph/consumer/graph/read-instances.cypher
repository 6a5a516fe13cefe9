// By key and not by relationship: an instance whose relationship somebody deleted is found too.
UNWIND $arns AS arn
MATCH (instance:Instance)
USING INDEX SEEK instance:Instance(key)
WHERE instance.key STARTS WITH arn + '/'
RETURN arn, instance.key AS key, properties(instance) AS properties,
  EXISTS {
    MATCH (instance)-[:REGISTERED]->(service:Service {arn: arn})
    USING INDEX SEEK service:Service(arn)
  } AS registered
