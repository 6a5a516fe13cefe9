package io.github.cloudmapgraph.consumer;

import io.github.cloudmapgraph.consumer.graph.Changes;
import java.time.Duration;

/** What became of one message. */
sealed interface Outcome {
    /** The graph equals its snapshot. */
    record Applied(Changes changes) implements Outcome {}

    /** The graph holds a version that is not older. */
    record Overtaken(long byVersion) implements Outcome {}

    /** It would delete so much that the next snapshots have to say the same; the graph remembers that it did. */
    record HeldBack(int services, int ofServices, int seen, int needed) implements Outcome {}

    /** It is in the dead-letter queue. */
    record DeadLettered(String reason) implements Outcome {}

    /** It comes back. */
    record StaysInQueue(Obstacle obstacle, Duration retryAfter) implements Outcome {}
}
