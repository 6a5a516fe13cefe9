package io.github.cloudmapgraph.consumer.graph;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The Cypher statements, each a resource of the same name in kebab case.
 *
 * <p>Hints have Neo4j seek nodes by their keys. As long as Neo4j has not sampled an index that was empty a moment ago,
 * it takes a scan of that index for as cheap, and would scan for each row.
 *
 * <p>A plan that was made stays, where Neo4j would make it anew when counts have changed much. So each statement has to
 * be written such that its plan is good for a graph of any size, whatever the size when it was made.
 *
 * @see <a href="https://neo4j.com/docs/cypher-manual/current/indexes/search-performance-indexes/index-hints/">Index
 *     hints</a>
 * @see <a href="https://neo4j.com/docs/cypher-manual/current/planning-and-tuning/query-tuning/">Query options</a>
 */
enum Statement {
    LOCK_SYNC_STATE,
    WRITE_SYNC_STATE,
    UNLOCK_SYNC_STATE,
    NOTE_FULL_SYNC_DUE,
    HOLD_BACK,
    LOCK_NAMESPACES,
    ADD_NAMESPACES,
    WRITE_NAMESPACES,
    UNLOCK_NAMESPACES,
    DELETE_NAMESPACES,
    READ_DIGESTS,
    READ_SERVICES,
    FIND_DAMAGE,
    FIND_SERVICES,
    READ_SERVICES_TAKEN_OVER,
    READ_SERVICES_IN_FULL,
    CREATE_SERVICES,
    UPDATE_SERVICES,
    PLACE_SERVICES,
    DELETE_SERVICES,
    READ_INSTANCES,
    CREATE_INSTANCES,
    UPDATE_INSTANCES,
    REGISTER_INSTANCES,
    DELETE_INSTANCES,
    DELETE_INSTANCES_OF_SERVICES,
    READ_INSTANCE_KEYS,
    READ_UNREGISTERED_KEYS,
    WRITE_DEPENDENCIES,
    DELETE_DEPENDENCIES,
    TRIM_CHANGES;

    private static final String PLAN_STAYS = "CYPHER replan=skip ";

    private final String cypher;

    Statement() {
        cypher = PLAN_STAYS + load(name().toLowerCase(Locale.ROOT).replace('_', '-') + ".cypher");
    }

    String cypher() {
        return cypher;
    }

    static String load(String resource) {
        try (InputStream in = Statement.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the statement " + resource + " is not in the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
