// How many instances are there of each stage and version?
// Stage and version are attributes of instances; a service whose instances have neither is not here.
MATCH (i:Instance)-[:REGISTERED]->(s:Service)
WHERE i.stage IS NOT NULL OR i.version IS NOT NULL
RETURN i.stage AS stage, i.version AS version, count(i) AS instances, count(DISTINCT s) AS services
ORDER BY stage, version;
