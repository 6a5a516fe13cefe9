package io.github.cloudmapgraph.snapshot;

/** What Cloud Map says of an instance's health. */
public enum Health {
    HEALTHY,
    UNHEALTHY,
    /** A check is configured and has no result yet. */
    UNKNOWN,
    /** No check is configured: Cloud Map assumes that the instance is healthy. */
    NO_CHECK
}
