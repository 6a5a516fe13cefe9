package io.github.cloudmapgraph.local.faults;

/** A promise that was not kept. */
record Violation(Promise promise, String what) {
    /** What the design promises. */
    enum Promise {
        I1_WHOLE_OR_NOT_AT_ALL,
        I2_NEVER_BACK,
        I3_SOON_EQUAL,
        I4_NONE_LOST,
        I5_DEAD_HOLDER,
        LEASE_AS_CONFIGURED,
        ONE_HOLDER,
        GIVEN_BACK,
        PEOPLES_OWN
    }
}
