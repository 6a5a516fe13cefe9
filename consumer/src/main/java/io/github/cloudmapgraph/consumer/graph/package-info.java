/** Makes the graph equal to a snapshot, in one transaction. */
@NullMarked
package io.github.cloudmapgraph.consumer.graph;

import org.jspecify.annotations.NullMarked;
