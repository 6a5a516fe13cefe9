/** From the start of a function's process to its first answer, beside a function that does nothing. */
@NullMarked
package io.github.cloudmapgraph.benchmarks.coldstart;

import org.jspecify.annotations.NullMarked;
