package io.github.cloudmapgraph.benchmarks.graph;

import io.github.cloudmapgraph.consumer.graph.DigestedSnapshot;
import io.github.cloudmapgraph.consumer.graph.GraphOptions;
import io.github.cloudmapgraph.consumer.graph.GraphUpdater;
import io.github.cloudmapgraph.consumer.graph.UpdateOutcome;
import io.github.cloudmapgraph.log.Log;
import io.github.cloudmapgraph.message.Envelope;
import io.github.cloudmapgraph.message.EnvelopeReader;
import io.github.cloudmapgraph.message.SnapshotWriter;
import io.github.cloudmapgraph.message.UnreadableMessageException;
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
import java.util.function.Supplier;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/**
 * What the consumer does with a message, but for the reading of a snapshot: its own {@link GraphUpdater}, with the
 * deployed defaults. What reading takes, digests included, is measured with the whole function: {@link Memory}.
 */
final class CloudMapGraph implements Contender {
    private static final int SQS_MESSAGE_BYTES = 1_048_576;

    private final GraphUpdater updater;
    private final SnapshotWriter messages = new SnapshotWriter(new Forgetful(), "forgotten", SQS_MESSAGE_BYTES);
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
        var snapshot = new Snapshot(header, registry);
        Envelope message = message(snapshot);
        DigestedSnapshot digested = DigestedSnapshot.of(snapshot, message.digest());
        String updateId = UUID.randomUUID().toString();
        Supplier<UpdateOutcome> read = () -> updater.update(digested, updateId, Instant.MAX);
        // As the function does: what is in the message is read at once.
        boolean stored = message.content() instanceof Envelope.Content.Stored;
        return () -> {
            UpdateOutcome outcome = stored
                    ? updater.updateUnread(header, message.digest(), updateId, Instant.MAX)
                            .orElseGet(read)
                    : read.get();
            if (!(outcome instanceof UpdateOutcome.Applied)) {
                throw new IllegalStateException("it was not applied: " + outcome);
            }
        };
    }

    /** What a function does before each update of a snapshot that it reads: digests its services. */
    static Runnable digest(Size size) {
        var header = new SnapshotHeader(Registries.SCOPE, 1, Instant.EPOCH, Optional.empty(), new Orders(false, false));
        var snapshot = new Snapshot(header, Registries.of(size, Generation.FIRST));
        return () -> DigestedSnapshot.of(snapshot, "");
    }

    private Envelope message(Snapshot snapshot) {
        try {
            return EnvelopeReader.read(messages.write(snapshot).text());
        } catch (UnreadableMessageException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Keeps nothing of what is stored: the snapshot is at hand. */
    private static final class Forgetful implements S3Client {
        @Override
        public PutObjectResponse putObject(PutObjectRequest request, RequestBody body) {
            return PutObjectResponse.builder().build();
        }

        @Override
        public String serviceName() {
            return SERVICE_NAME;
        }

        @Override
        public void close() {
            // Nothing was opened.
        }
    }
}
