CREATE INDEX check_rolled_back FOR (state:SyncState) ON (state.check_rolled_back)
