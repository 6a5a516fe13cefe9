// Which services depend on something that is not there?
MATCH (s:Service)
WHERE s.unresolved_dependencies IS NOT NULL
UNWIND s.unresolved_dependencies AS missing
RETURN s.namespace AS namespace, s.name AS name, missing, s AS service
ORDER BY namespace, name, missing;
