package io.github.cloudmapgraph.consumer.graph;

import java.util.List;
import java.util.Map;
import org.neo4j.driver.Record;

/**
 * A scope's {@code SyncState} as it was when the update locked it.
 *
 * @param namespaces the ARNs of the namespaces that the scope has, which are not locked yet
 */
record SyncState(Map<String, Object> properties, List<String> namespaces) {
    static SyncState lockAndRead(Cypher cypher, String scope, String updateId) {
        Record row = cypher.read(Statement.LOCK_SYNC_STATE, Map.of("scope", scope, "update_id", updateId))
                .getFirst();
        return new SyncState(
                row.get("properties").asMap(), row.get("namespaces").asList(arn -> arn.asString("")));
    }

    /** No update of the scope was ever committed, or a person deleted the node. */
    boolean isNew() {
        return !properties.containsKey("version");
    }

    long version() {
        return number("version");
    }

    /** What the graph was made equal to by the update that wrote it; see {@link AppliedContent}. */
    String content() {
        return text("content");
    }

    /**
     * Lets only a newer snapshot pass.
     *
     * @throws NotApplied if the graph holds that version or a newer one
     */
    void requireOlderThan(long version) {
        if (version() >= version) {
            throw new NotApplied(new NotApplied.Reason.NotNewer(this));
        }
    }

    String updateId() {
        return text("update_id");
    }

    /** A full sync was ordered with a snapshot that was overtaken. */
    boolean fullSyncDue() {
        return Boolean.TRUE.equals(properties.get("full_sync_due"));
    }

    /** What this state's own update did. */
    Changes changes() {
        return new Changes((int) number("added"), (int) number("changed"), (int) number("removed"));
    }

    HeldBack heldBack() {
        return new HeldBack(number("held_back_version"), text("held_back_digest"), (int) number("held_back_seen"));
    }

    /**
     * What is held back for confirmation.
     *
     * @param version that of the newest snapshot that said so; 0 where nothing is held back
     * @param digest of the services that would go
     * @param seen how many snapshots in a row have said so
     */
    record HeldBack(long version, String digest, int seen) {}

    long number(String name) {
        return properties.get(name) instanceof Number number ? number.longValue() : 0;
    }

    private String text(String name) {
        return properties.get(name) instanceof String text ? text : "";
    }
}
