MATCH (:Instance {scope: $scope})-[registered:REGISTERED]->()
WHERE registered.update_id <> $update_id
WITH registered LIMIT $limit
DELETE registered
RETURN count(*) AS deleted
