SHOW INDEXES YIELD name, type, labelsOrTypes, properties, owningConstraint
WHERE type = 'RANGE' AND owningConstraint IS NULL
  AND [labelsOrTypes[0], properties] IN [
    ['Namespace', ['arn']], ['Service', ['arn']], ['Instance', ['key']], ['SyncState', ['scope']]]
RETURN name
