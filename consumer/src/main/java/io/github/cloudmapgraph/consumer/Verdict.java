package io.github.cloudmapgraph.consumer;

/** What came of a message, before it is said for how long it stays. */
sealed interface Verdict {
    /** It is done with; the outcome is never that it stays. */
    record Ended(Outcome outcome) implements Verdict {}

    /** It comes back. */
    record Stays(Obstacle obstacle) implements Verdict {}
}
