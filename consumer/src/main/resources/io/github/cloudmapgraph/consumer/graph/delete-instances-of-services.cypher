UNWIND $arns AS arn
MATCH (instance:Instance)
USING INDEX SEEK instance:Instance(key)
WHERE instance.key STARTS WITH arn + '/' AND instance.scope IN $scopes
WITH instance, instance.key AS key, instance.name AS name
DETACH DELETE instance
RETURN key, name
