MATCH (instance:Instance {scope: $scope})
WHERE NOT EXISTS { (instance)-[:REGISTERED]->() }
RETURN instance.key AS key
