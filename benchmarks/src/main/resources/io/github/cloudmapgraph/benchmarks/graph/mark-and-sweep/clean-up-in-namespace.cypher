MATCH (:Service {scope: $scope})-[in:IN_NAMESPACE]->()
WHERE in.update_id <> $update_id
WITH in LIMIT $limit
DELETE in
RETURN count(*) AS deleted
