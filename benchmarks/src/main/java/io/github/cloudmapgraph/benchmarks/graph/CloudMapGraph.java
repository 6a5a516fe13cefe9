package io.github.cloudmapgraph.benchmarks.graph;

import io.github.cloudmapgraph.consumer.graph.DigestedSnapshot;
import io.github.cloudmapgraph.consumer.graph.GraphOptions;
import io.github.cloudmapgraph.consumer.graph.GraphUpdater;
import io.github.cloudmapgraph.consumer.graph.UpdateOutcome;
import io.github.cloudmapgraph.log.Log;
import io.github.cloudmapgraph.snapshot.Orders;
import io.github.cloudmapgraph.snapshot.Registry;
import io.github.cloudmapgraph.snapshot.Snapshot;
import io.github.cloudmapgraph.snapshot.SnapshotHeader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;

/**
 * What the consumer does with a snapshot once it is read: its own {@link GraphUpdater}, with the deployed defaults.
 * What reading takes, digests included, is measured with the whole function: {@link Memory}.
 */
final class CloudMapGraph implements Contender {
    private final GraphUpdater updater;
    private long version = System.currentTimeMillis();

    CloudMapGraph(Graph graph) {
        var log = new Log(
                new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8),
                InstantSource.system());
        updater = new GraphUpdater(
                graph.driver(), "", new GraphOptions(Duration.ofSeconds(100), 10, 50, 3), InstantSource.system(), log);
    }

    @Override
    public String name() {
        return "Cloud Map Graph";
    }

    @Override
    public Runnable update(Registry registry) {
        version++;
        var orders = new Orders(false, true);
        var header = new SnapshotHeader(Registries.SCOPE, version, Instant.now(), Optional.empty(), orders);
        var snapshot = DigestedSnapshot.of(new Snapshot(header, registry));
        String updateId = UUID.randomUUID().toString();
        return () -> {
            UpdateOutcome outcome = updater.update(snapshot, updateId, Instant.MAX);
            if (!(outcome instanceof UpdateOutcome.Applied)) {
                throw new IllegalStateException("it was not applied: " + outcome);
            }
        };
    }
}
