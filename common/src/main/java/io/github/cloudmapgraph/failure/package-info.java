/** What may be told of a failure: never what was sent or received. */
@NullMarked
package io.github.cloudmapgraph.failure;

import org.jspecify.annotations.NullMarked;
