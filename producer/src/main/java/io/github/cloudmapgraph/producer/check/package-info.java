/** Tries, without changing anything, whether the function can use what it needs. */
@NullMarked
package io.github.cloudmapgraph.producer.check;

import org.jspecify.annotations.NullMarked;
