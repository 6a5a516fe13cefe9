/** The queries of {@code docs/queries}, on graphs that the real flow made. */
@NullMarked
package io.github.cloudmapgraph.local.queries;

import org.jspecify.annotations.NullMarked;
