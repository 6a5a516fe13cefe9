package io.github.cloudmapgraph.consumer;

/** What came of trying one of a scope's waiting snapshots, as far as the others are concerned. */
sealed interface Attempt {
    /** The graph now holds {@code graphVersion}, or did before: what is older is overtaken. */
    record Settled(Outcome outcome, long graphVersion) implements Attempt {}

    /** This snapshot was not applied; an older one may be. */
    record Refused(Verdict verdict) implements Attempt {}

    /** No snapshot of the scope can be applied now. */
    record Blocked(Obstacle obstacle) implements Attempt {}
}
