/** From a change in Cloud Map to the graph that shows it, on the local stack. */
@NullMarked
package io.github.cloudmapgraph.benchmarks.flow;

import org.jspecify.annotations.NullMarked;
