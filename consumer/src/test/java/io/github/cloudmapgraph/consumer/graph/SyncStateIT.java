package io.github.cloudmapgraph.consumer.graph;

import static io.github.cloudmapgraph.consumer.graph.Neo4jForTests.TRANSACTIONS;
import static io.github.cloudmapgraph.consumer.graph.Neo4jForTests.run;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<SyncState> next = TRANSACTIONS.write(former -> {
                SyncState before = SyncState.lockAndRead(former, SCOPE, "message-2");
                assertThat(before.namespaces()).isEmpty();
                Future<SyncState> waiting = executor.submit(SyncStateIT::lockAndRead);
                Neo4jForTests.awaitBlocked();
                former.run(
                        Statement.WRITE_SYNC_STATE,
                        Map.of(
                                "scope",
                                SCOPE,
                                "properties",
                                Map.of("version", 2),
                                "changes",
                                List.of(),
                                "common",
                                Map.of()));
                former.run(Statement.ADD_NAMESPACES, Map.of("arns", List.of("new"), "update_id", "message-2"));
                former.runForAll(
                        Statement.WRITE_NAMESPACES,
                        "rows",
                        List.of(Map.of("arn", "new", "set", Map.of("scope", SCOPE))));
                return waiting;
            });

            SyncState after = next.get(30, SECONDS);
            assertThat(after.version()).isEqualTo(2);
            assertThat(after.namespaces()).isEqualTo(List.of("new"));
        }
    }

    private static SyncState lockAndRead() {
        return TRANSACTIONS.write(next -> SyncState.lockAndRead(next, SCOPE, "message-3"));
    }
}
