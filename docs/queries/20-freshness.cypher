// How fresh is the graph?
// A scope is an account and a region, whose Cloud Map one deployment reads.
MATCH (state:SyncState)
RETURN state.scope AS scope, state.captured_at AS captured_at,
  duration.inSeconds(state.captured_at, datetime()).seconds AS seconds_ago, state.version AS version,
  state.namespaces AS namespaces, state.services AS services, state.instances AS instances,
  state.dependencies AS dependencies, state.unresolved_dependencies AS missing,
  coalesce(state.held_back, 0) AS held_back, coalesce(state.held_by_others, 0) AS held_by_others,
  size(coalesce(state.denied_namespaces, [])) AS denied
ORDER BY captured_at;
