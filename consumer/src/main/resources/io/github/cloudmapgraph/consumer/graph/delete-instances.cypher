UNWIND $keys AS key
MATCH (instance:Instance {key: key})
DETACH DELETE instance
