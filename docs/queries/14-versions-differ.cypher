// Which services run more than one version?
MATCH (s:Service)<-[:REGISTERED]-(i:Instance)
WHERE i.version IS NOT NULL
WITH s, i.version AS version, count(i) AS instances, collect(DISTINCT i.stage) AS stages
ORDER BY version
WITH s, collect({version: version, instances: instances, stages: stages}) AS versions
WHERE size(versions) > 1
UNWIND versions AS v
RETURN s.namespace AS namespace, s.name AS name, v.version AS version, v.instances AS instances,
  COLLECT { UNWIND v.stages AS stage RETURN stage ORDER BY stage } AS stages, s AS service
ORDER BY namespace, name, version;
