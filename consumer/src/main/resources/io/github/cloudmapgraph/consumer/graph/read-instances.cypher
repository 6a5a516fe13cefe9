// By key and not by relationship: an instance whose relationship somebody deleted is found too.
UNWIND $arns AS arn
MATCH (instance:Instance)
WHERE instance.key STARTS WITH arn + '/'
RETURN arn, instance.key AS key, properties(instance) AS properties,
  EXISTS { (instance)-[:REGISTERED]->(:Service {arn: arn}) } AS registered
