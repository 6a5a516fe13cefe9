package io.github.cloudmapgraph.consumer.graph;

import static io.github.cloudmapgraph.consumer.graph.Neo4jForTests.DRIVER;
import static io.github.cloudmapgraph.consumer.graph.Neo4jForTests.count;
import static io.github.cloudmapgraph.consumer.graph.Neo4jForTests.run;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.neo4j.driver.Session;

/** The lock that orders the updates of a scope. */
class SyncStateIT {
    private static final String SCOPE = Registries.SCOPE.value();

    @BeforeEach
    void clear() {
        Neo4jForTests.clear();
        Neo4jForTests.updater(OutputStream.nullOutputStream(), InstantSource.system())
                .update(Registries.snapshot(1, Registries.registry()), "message-1", Instant.MAX);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void lockAndRead_readsWhatTheFormerHolderCommitted(boolean wasThere) throws Exception {
        if (!wasThere) {
            run("MATCH (state:SyncState) DELETE state");
        }
        try (var executor = Executors.newVirtualThreadPerTaskExecutor();
                Session session = DRIVER.session()) {
            Future<SyncState> next = session.executeWrite(former -> {
                SyncState before = SyncState.lockAndRead(new Cypher(former), SCOPE, "message-2");
                assertThat(before.namespaces()).isEmpty();
                Future<SyncState> waiting = executor.submit(SyncStateIT::lockAndRead);
                assertTimeoutPreemptively(Duration.ofSeconds(30), SyncStateIT::awaitThatOneWaits);
                former.run(
                        "MATCH (state:SyncState {scope: $scope}) SET state.version = 2"
                                + " CREATE (:Namespace {arn: 'new', scope: $scope})",
                        Map.of("scope", SCOPE));
                return waiting;
            });

            SyncState after = next.get(30, SECONDS);
            assertThat(after.version()).isEqualTo(2);
            assertThat(after.namespaces()).isEqualTo(List.of("new"));
        }
    }

    private static void awaitThatOneWaits() throws InterruptedException {
        while (count("SHOW TRANSACTIONS YIELD status WHERE status STARTS WITH 'Blocked' RETURN count(status)") == 0) {
            Thread.sleep(Duration.ofMillis(10));
        }
    }

    private static SyncState lockAndRead() {
        try (Session session = DRIVER.session()) {
            return session.executeWrite(next -> SyncState.lockAndRead(new Cypher(next), SCOPE, "message-3"));
        }
    }
}
