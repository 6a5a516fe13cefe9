package io.github.cloudmapgraph.consumer.graph;

import static io.github.cloudmapgraph.consumer.graph.Neo4jForTests.count;
import static io.github.cloudmapgraph.consumer.graph.Neo4jForTests.run;
import static io.github.cloudmapgraph.consumer.graph.Registries.arn;
import static io.github.cloudmapgraph.consumer.graph.Registries.instance;
import static io.github.cloudmapgraph.consumer.graph.Registries.namespace;
import static io.github.cloudmapgraph.consumer.graph.Registries.registry;
import static io.github.cloudmapgraph.consumer.graph.Registries.service;
import static io.github.cloudmapgraph.consumer.graph.Registries.snapshot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cloudmapgraph.snapshot.Instance;
import io.github.cloudmapgraph.snapshot.Registry;
import io.github.cloudmapgraph.snapshot.Service;
import java.io.OutputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.neo4j.driver.exceptions.ClientException;

/** What is done otherwise where the graph is empty, and where rows are written while the next are made. */
class FirstLoadIT {
    private static final int SERVICES = 250;
    private static final int INSTANCES_PER_SERVICE = 100;

    private final GraphUpdater updater = Neo4jForTests.updater(OutputStream.nullOutputStream(), InstantSource.system());

    @BeforeEach
    void clear() {
        Neo4jForTests.clear();
    }

    private UpdateOutcome apply(long version, Registry registry) {
        return updater.update(snapshot(version, registry), "message-" + version, Instant.MAX);
    }

    @Test
    void update_writesEverything_whenItTakesSeveralParts() {
        apply(1, large("blue"));

        assertThat(registered("blue")).isEqualTo(SERVICES * INSTANCES_PER_SERVICE);

        apply(2, large("green"));

        assertThat(registered("green")).isEqualTo(SERVICES * INSTANCES_PER_SERVICE);
        assertThat(count("MATCH (i:Instance) WHERE i.update_id <> 'message-2' RETURN count(i)"))
                .isZero();
    }

    @Test
    void update_changesNothing_whenNeo4jRefusesAPartThatTheCallerDoesNotWaitFor() {
        run("CREATE CONSTRAINT somebodys_own FOR (i:Instance) REQUIRE i.colour IS UNIQUE");
        try {
            assertThatThrownBy(() -> apply(1, large("blue"))).isInstanceOf(ClientException.class);
            assertThat(count("MATCH (n) RETURN count(n)")).isZero();
        } finally {
            run("DROP CONSTRAINT somebodys_own");
        }

        assertThat(apply(2, large("blue"))).isInstanceOf(UpdateOutcome.Applied.class);
        assertThat(registered("blue")).isEqualTo(SERVICES * INSTANCES_PER_SERVICE);
    }

    @Test
    void update_findsALeftover_whenItIsAllThatTheGraphHolds() {
        String key = arn("a") + "/i-1";
        run("CREATE (:Instance {key: $key, mine: 'kept'})", Map.of("key", key));

        apply(1, registry(namespace("shop", service("a", Map.of(), instance("i-1", "colour", "blue")))));

        assertThat(registered("blue")).isEqualTo(1);
        assertThat(count("MATCH (i:Instance {mine: 'kept', name: 'i-1'}) RETURN count(i)"))
                .isEqualTo(1);
    }

    private static long registered(String colour) {
        return count("MATCH (i:Instance {colour: '" + colour + "'})-[:REGISTERED]->(:Service) RETURN count(i)");
    }

    private static Registry large(String colour) {
        Service[] services = new Service[SERVICES];
        for (int s = 0; s < SERVICES; s++) {
            Instance[] instances = new Instance[INSTANCES_PER_SERVICE];
            for (int i = 0; i < INSTANCES_PER_SERVICE; i++) {
                instances[i] = instance("i-" + i, "colour", colour);
            }
            services[s] = service("s" + s, Map.of(), instances);
        }
        return registry(namespace("shop", services));
    }
}
