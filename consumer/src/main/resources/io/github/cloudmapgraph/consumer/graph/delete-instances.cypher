UNWIND $keys AS key
MATCH (instance:Instance {key: key})
USING INDEX SEEK instance:Instance(key)
DETACH DELETE instance
