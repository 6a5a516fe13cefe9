package io.github.cloudmapgraph.consumer;

import io.github.cloudmapgraph.message.Envelope;
import io.github.cloudmapgraph.snapshot.Counts;
import io.github.cloudmapgraph.snapshot.Orders;
import io.github.cloudmapgraph.snapshot.Scope;
import io.github.cloudmapgraph.snapshot.SnapshotHeader;
import java.time.Instant;
import java.util.Optional;

/** Small values that several tests share. */
final class Examples {
    static final Scope SCOPE = new Scope("111122223333:eu-west-1");
    static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    static final Orders FULL_SYNC = new Orders(true, false);

    private Examples() {}

    static Waiting waiting(long version, Orders orders) {
        return new Waiting(
                new QueueMessage("m" + version, "receipt-" + version, "{}", 1, Optional.empty()),
                new Envelope(
                        new SnapshotHeader(SCOPE, version, NOW, Optional.empty(), orders),
                        new Counts(0, 0, 0),
                        "digest",
                        2,
                        new Envelope.Content.Inline("{}")));
    }
}
