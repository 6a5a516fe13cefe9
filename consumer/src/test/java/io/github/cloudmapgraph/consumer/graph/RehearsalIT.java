package io.github.cloudmapgraph.consumer.graph;

import static io.github.cloudmapgraph.consumer.graph.Neo4jForTests.count;
import static io.github.cloudmapgraph.consumer.graph.Neo4jForTests.run;
import static io.github.cloudmapgraph.consumer.graph.Registries.dependsOn;
import static io.github.cloudmapgraph.consumer.graph.Registries.instance;
import static io.github.cloudmapgraph.consumer.graph.Registries.namespace;
import static io.github.cloudmapgraph.consumer.graph.Registries.registry;
import static io.github.cloudmapgraph.consumer.graph.Registries.snapshot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cloudmapgraph.snapstart.MadeUpSnapshots;
import java.io.OutputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.neo4j.driver.Record;

/** Updates that are rolled back. */
class RehearsalIT {
    private final GraphUpdater updater = Neo4jForTests.updater(OutputStream.nullOutputStream(), InstantSource.system());
    private final List<DigestedSnapshot> madeUp = MadeUpSnapshots.beforeAndAfter().stream()
            .map(snapshot -> DigestedSnapshot.of(snapshot, "of-its-content"))
            .toList();

    @BeforeEach
    void clear() {
        Neo4jForTests.clear();
        updater.update(
                snapshot(1, registry(namespace("shop", dependsOn("a", "b", instance("i-1")), dependsOn("b", "")))),
                "message-1",
                Instant.MAX);
    }

    @Test
    void rehearse_leavesTheGraphAsItWas() {
        List<Record> before = graph();

        updater.rehearse(madeUp, Instant.MAX);
        updater.rehearse(madeUp, Instant.MAX);

        assertThat(graph()).isEqualTo(before);
    }

    @Test
    void rehearse_leavesAnEmptyGraphEmpty() {
        run("MATCH (n) DETACH DELETE n");

        updater.rehearse(madeUp, Instant.MAX);

        assertThat(count("MATCH (n) RETURN count(n)")).isZero();
    }

    /** So it does what updates do: each is refused what the one before it makes outdated. */
    @Test
    void rehearse_appliesOneAfterTheOther() {
        assertThatThrownBy(() -> updater.rehearse(madeUp.reversed(), Instant.MAX))
                .isInstanceOfSatisfying(
                        NotApplied.class,
                        refused -> assertThat(refused.reason())
                                .isInstanceOfSatisfying(
                                        NotApplied.Reason.NotNewer.class,
                                        newer -> assertThat(newer.state().version())
                                                .isEqualTo(2)));
        assertThat(count("MATCH (s:SyncState) RETURN count(s)")).isOne();
    }

    /** Everything, in an order that does not change. */
    private static List<Record> graph() {
        return run("""
            MATCH (n)
            RETURN elementId(n) AS id, labels(n) AS labels, properties(n) AS properties,
              COLLECT { MATCH (n)-[r]->(m) RETURN [type(r), elementId(m), properties(r)] ORDER BY elementId(r) }
                AS relationships
            ORDER BY id
            """);
    }
}
