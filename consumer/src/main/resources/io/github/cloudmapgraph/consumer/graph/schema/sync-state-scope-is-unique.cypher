CREATE CONSTRAINT sync_state_scope IF NOT EXISTS FOR (state:SyncState) REQUIRE state.scope IS UNIQUE
