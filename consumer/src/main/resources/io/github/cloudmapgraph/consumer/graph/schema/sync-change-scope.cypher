CREATE INDEX sync_change_scope IF NOT EXISTS FOR (change:SyncChange) ON (change.scope)
