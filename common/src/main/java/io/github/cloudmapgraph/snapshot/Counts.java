package io.github.cloudmapgraph.snapshot;

/** How much a snapshot holds. */
public record Counts(int namespaces, int services, int instances) {}
