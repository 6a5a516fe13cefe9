package io.github.cloudmapgraph.consumer;

import io.github.cloudmapgraph.message.Envelope;

/** A snapshot that waits for its update. */
record Waiting(QueueMessage message, Envelope envelope) {
    long version() {
        return envelope.header().version();
    }

    boolean carriesOrders() {
        return !envelope.header().orders().none();
    }
}
