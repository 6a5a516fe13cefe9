/** What an update of the graph costs, beside other ways to write the same. */
@NullMarked
package io.github.cloudmapgraph.benchmarks.graph;

import org.jspecify.annotations.NullMarked;
