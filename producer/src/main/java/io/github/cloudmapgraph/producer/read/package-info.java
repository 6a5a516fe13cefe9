/** Reads a complete registry from Cloud Map, or fails. */
@NullMarked
package io.github.cloudmapgraph.producer.read;

import org.jspecify.annotations.NullMarked;
