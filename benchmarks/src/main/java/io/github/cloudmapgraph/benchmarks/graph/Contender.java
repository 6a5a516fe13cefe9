package io.github.cloudmapgraph.benchmarks.graph;

import io.github.cloudmapgraph.snapshot.Registry;

/** A way to make the graph equal to a registry. */
interface Contender {
    String name();

    /** Whatever can be done before the clock runs; what it returns makes the graph equal. */
    Runnable update(Registry registry);
}
