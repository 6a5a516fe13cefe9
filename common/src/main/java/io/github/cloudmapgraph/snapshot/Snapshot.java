package io.github.cloudmapgraph.snapshot;

/** A complete read of a scope's registry: never a part of it. */
public record Snapshot(SnapshotHeader header, Registry registry) {}
