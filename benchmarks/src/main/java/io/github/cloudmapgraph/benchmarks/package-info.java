/** Measures what the documents claim: {@link io.github.cloudmapgraph.benchmarks.Benchmarks}. */
@NullMarked
package io.github.cloudmapgraph.benchmarks;

import org.jspecify.annotations.NullMarked;
