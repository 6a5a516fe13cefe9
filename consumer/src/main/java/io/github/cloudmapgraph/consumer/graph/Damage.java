package io.github.cloudmapgraph.consumer.graph;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
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

    /** Asks for the counts, which takes as long as the scope has services and dependencies. */
    static Supplier<List<Record>> count(Cypher cypher, String scope) {
        return cypher.readLater(Statement.FIND_DAMAGE, Map.of("scope", scope));
    }

    /** Compares what is there with what the scope's state counted. */
    static Damage of(List<Record> counts, SyncState state) {
        Record there = counts.getFirst();
        boolean unregistered = there.get("unregistered").asBoolean();
        boolean found = unregistered
                || there.get("complete").asLong() != there.get("services").asLong()
                || COUNTED.stream().anyMatch(name -> there.get(name).asLong() != state.number(name));
        return new Damage(found, unregistered);
    }
}
