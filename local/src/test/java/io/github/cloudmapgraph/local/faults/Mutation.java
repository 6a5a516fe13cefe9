package io.github.cloudmapgraph.local.faults;

import java.time.Duration;
import java.util.List;

/** What a copy of the consumer's step, or of its lock, leaves out, to see whether the checker finds it. */
enum Mutation {
    /** No copy: the real consumer. */
    NONE,
    /** The copy with nothing left out: it keeps every promise, so that what the others break is what they lack. */
    NOTHING_LEFT_OUT,
    /** An update is applied whatever version the graph holds. */
    NO_VERSION_GUARD,
    /** Each statement is committed by itself. */
    NO_TRANSACTION,
    /** Services and instances that are gone stay. */
    NO_DELETIONS,
    /** A message is done with, whatever became of it. */
    ACKNOWLEDGED_UNAPPLIED,
    /** A lease is never given back. */
    LOCK_KEPT,
    /** A lease is given to everybody who asks. */
    LOCK_WITHOUT_CONDITION,
    /** A lease that has run out is still held. */
    LEASE_NEVER_RUNS_OUT;

    /** Where the graph never becomes equal, nearly twice the longest recovery is long enough to see it. */
    private static final Duration NEVER = Duration.ofSeconds(15);

    boolean isOfStep() {
        return switch (this) {
            case NOTHING_LEFT_OUT, NO_VERSION_GUARD, NO_TRANSACTION, NO_DELETIONS, ACKNOWLEDGED_UNAPPLIED, LOCK_KEPT ->
                true;
            case NONE, LOCK_WITHOUT_CONDITION, LEASE_NEVER_RUNS_OUT -> false;
        };
    }

    boolean isOfLock() {
        return this == LOCK_WITHOUT_CONDITION || this == LEASE_NEVER_RUNS_OUT;
    }

    /** Returns what a schedule aims at: a lease runs out only where its holder dies. */
    List<Pair> aims() {
        return this == LEASE_NEVER_RUNS_OUT
                ? Pair.all().stream().filter(Mutation::killsTheHolder).toList()
                : Pair.all();
    }

    private static boolean killsTheHolder(Pair pair) {
        boolean kills = pair.kind().equals(new Fault.AtCall.KilledBefore(false).kind())
                || pair.kind().equals(new Fault.AtCall.KilledAfter(false).kind());
        return kills
                && switch (pair.step()) {
                    case NEO4J_BEGIN, NEO4J_STATEMENT, NEO4J_COMMIT -> true;
                    default -> false;
                };
    }

    /** Returns within what time the graph has to equal the registry once the faults have stopped. */
    Duration recovery() {
        return this == NO_DELETIONS ? NEVER : Timings.RECOVERY;
    }
}
