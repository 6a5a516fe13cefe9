package io.github.cloudmapgraph.consumer.graph;

import java.util.List;
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

    /** What both count, under the same names. */
    private static final List<String> COUNTED = List.of("namespaces", "services", "instances", "dependencies");

    /**
     * Compares what is there with what the scope's state counted; takes as long as the scope has services and
     * dependencies.
     */
    static Damage find(Cypher cypher, String scope, SyncState state) {
        Record there =
                cypher.read(Statement.FIND_DAMAGE, Map.of("scope", scope)).getFirst();
        boolean unregistered = there.get("unregistered").asBoolean();
        boolean found = unregistered
                || there.get("complete").asLong() != there.get("services").asLong()
                || COUNTED.stream().anyMatch(name -> there.get(name).asLong() != state.number(name));
        return new Damage(found, unregistered);
    }
}
