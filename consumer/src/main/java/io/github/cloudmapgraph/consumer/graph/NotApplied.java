package io.github.cloudmapgraph.consumer.graph;

import java.io.Serial;

/** Ends a transaction without a trace: thrown in it, so that it is rolled back and not tried again. */
final class NotApplied extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final transient Reason reason;

    /** Why nothing was changed. */
    sealed interface Reason {
        record NotNewer(SyncState state) implements Reason {}

        record Unconfirmed(MassDeletion deletion, int seen) implements Reason {}

        /** Its digest does not tell that the graph is equal to it already. */
        record ToBeRead() implements Reason {}
    }

    NotApplied(Reason reason) {
        super(null, null, false, false);
        this.reason = reason;
    }

    Reason reason() {
        return reason;
    }
}
