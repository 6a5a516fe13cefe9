package io.github.cloudmapgraph.consumer.graph;

import java.util.Map;
import org.neo4j.driver.Record;

/**
 * What counts tell of whether somebody deleted something of the scope's part of the graph by hand.
 *
 * @param found something is not as it was counted; it may also be that somebody added something
 * @param unregistered some instance, of whatever scope, is tied to no service
 */
record Damage(boolean found, boolean unregistered) {
    static final Damage NONE = new Damage(false, false);

    /** Compares what is there with what the scope's state counted; takes as long as the scope has services. */
    static Damage find(Cypher cypher, String scope, SyncState state) {
        Record there =
                cypher.read(Statement.FIND_DAMAGE, Map.of("scope", scope)).getFirst();
        long services = there.get("services").asLong();
        boolean unregistered = there.get("unregistered").asBoolean();
        boolean found = unregistered
                || services != state.number("services")
                || services != there.get("complete").asLong()
                || there.get("dependencies_differ").asBoolean()
                || there.get("namespaces").asLong() != state.number("namespaces");
        return new Damage(found, unregistered);
    }
}
