/** Log lines as JSON. */
@NullMarked
package io.github.cloudmapgraph.log;

import org.jspecify.annotations.NullMarked;
