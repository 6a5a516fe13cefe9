/** Starting from a snapshot of the process's memory. */
@NullMarked
package io.github.cloudmapgraph.snapstart;

import org.jspecify.annotations.NullMarked;
