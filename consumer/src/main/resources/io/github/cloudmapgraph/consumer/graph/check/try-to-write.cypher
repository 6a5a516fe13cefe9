CREATE (state:SyncState {scope: 'a check, rolled back'}) SET state.version = 1 DETACH DELETE state
