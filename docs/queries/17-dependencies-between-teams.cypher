// Which teams depend on which?
// $tag: the service tag that names the team (default: 'owner')
MATCH (s:Service)-[:DEP_ON]->(t:Service)
WITH coalesce(s[$tag], '(none)') AS team, coalesce(t[$tag], '(none)') AS on, s, t
WHERE team <> on
WITH team, on, s, t ORDER BY s.name, t.name
RETURN team, on, count(*) AS dependencies, collect(s.name + ' -> ' + t.name) AS through
ORDER BY dependencies DESC, team, on;
