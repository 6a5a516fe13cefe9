// By key and not by relationship: an instance whose relationship somebody deleted is found too. The hint is needed: with few
// services asked for, the planner may otherwise read all instances for each of them.
UNWIND $arns AS arn
MATCH (instance:Instance)
USING INDEX SEEK instance:Instance(key)
WHERE instance.key STARTS WITH arn + '/'
RETURN arn, instance.key AS key, properties(instance) AS properties,
  EXISTS { (instance)-[:REGISTERED]->(:Service {arn: arn}) } AS registered
