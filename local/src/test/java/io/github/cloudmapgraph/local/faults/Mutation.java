package io.github.cloudmapgraph.local.faults;

/** What a copy of the consumer's step leaves out, to see whether the checker finds it. */
enum Mutation {
    /** Nothing: the real consumer. */
    NONE,
    /** An update is applied whatever version the graph holds. */
    NO_VERSION_GUARD,
    /** Each statement is committed by itself. */
    NO_TRANSACTION,
    /** A lease is given to everybody who asks. */
    LOCK_WITHOUT_CONDITION;

    boolean isOfStep() {
        return this == NO_VERSION_GUARD || this == NO_TRANSACTION;
    }
}
