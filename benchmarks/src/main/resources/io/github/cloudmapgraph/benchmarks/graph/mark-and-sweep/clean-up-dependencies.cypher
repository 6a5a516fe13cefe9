MATCH (:Service {scope: $scope})-[dependency:DEP_ON]->()
WHERE dependency.update_id <> $update_id
WITH dependency LIMIT $limit
DELETE dependency
RETURN count(*) AS deleted
