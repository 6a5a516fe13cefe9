package io.github.cloudmapgraph.consumer;

import io.github.cloudmapgraph.consumer.graph.DigestedSnapshot;
import io.github.cloudmapgraph.consumer.neo4j.Use;
import io.github.cloudmapgraph.message.Envelope;
import io.github.cloudmapgraph.message.EnvelopeReader;
import io.github.cloudmapgraph.message.SnapshotReader;
import io.github.cloudmapgraph.message.SnapshotWriter;
import io.github.cloudmapgraph.message.UnreadableMessageException;
import io.github.cloudmapgraph.snapshot.Snapshot;
import io.github.cloudmapgraph.snapstart.MadeUpSnapshots;
import io.github.cloudmapgraph.snapstart.SnapStart;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * What an invocation does, without its effects: it tries what the check tries, reads messages that nobody sent, and
 * makes the graph equal to them in a transaction that is rolled back. Each time with a function of its own, which is
 * closed after it: no connection to Neo4j is left for the snapshot.
 */
final class ConsumerRehearsal implements SnapStart.Rehearsal {
    /** Far more than a message of these takes. */
    private static final int MOST_BYTES = 1_000_000;

    private final Supplier<Consumer> function;
    private final InstantSource clock;

    ConsumerRehearsal(Supplier<Consumer> function, InstantSource clock) {
        this.function = function;
        this.clock = clock;
    }

    @Override
    public void play(Duration timeLeft) {
        try (Consumer consumer = function.get()) {
            // What fails of it, the check tells: it is part of setting the function up.
            consumer.check().run(timeLeft);
            List<DigestedSnapshot> snapshots = MadeUpSnapshots.beforeAndAfter().stream()
                    .map(ConsumerRehearsal::sentAndRead)
                    .toList();
            Use<Boolean> use = consumer.neo4j().use(graph -> {
                graph.updater().rehearse(snapshots, clock.instant().plus(timeLeft));
                return true;
            });
            if (use instanceof Use.Failed<Boolean>(var failure)) {
                throw new IllegalStateException("no update could be tried in Neo4j: " + failure.reason());
            }
        }
    }

    private static DigestedSnapshot sentAndRead(Snapshot snapshot) {
        String message = new SnapshotWriter(ConsumerRehearsal::nothingIsStored, "", MOST_BYTES)
                .write(snapshot)
                .text();
        try {
            Envelope envelope = EnvelopeReader.read(message);
            return DigestedSnapshot.of(
                    new SnapshotReader(ConsumerRehearsal::nothingIsStored, "").read(envelope), envelope.digest());
        } catch (UnreadableMessageException e) {
            throw new IllegalStateException("a snapshot that was just written cannot be read", e);
        }
    }

    private static S3Client nothingIsStored() {
        throw new IllegalStateException("a rehearsal stores nothing");
    }
}
