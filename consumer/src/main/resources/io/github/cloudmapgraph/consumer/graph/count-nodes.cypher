// From the store's own counts: no node is read.
RETURN count { (:Service) } + count { (:Instance) } + count { (:SyncChange) } AS nodes
