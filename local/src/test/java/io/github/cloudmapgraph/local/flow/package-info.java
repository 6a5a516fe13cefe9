/** The whole flow on real servers: registry, producer, queue, lock, consumer, graph. */
@NullMarked
package io.github.cloudmapgraph.local.flow;

import org.jspecify.annotations.NullMarked;
