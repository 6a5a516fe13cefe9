SHOW CONSTRAINTS YIELD name, type, labelsOrTypes, properties
WHERE labelsOrTypes = ['Service'] AND properties = ['name'] AND (type CONTAINS 'UNIQUE' OR type CONTAINS 'NODE_KEY')
RETURN name
