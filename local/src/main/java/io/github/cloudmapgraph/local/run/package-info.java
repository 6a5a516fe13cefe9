/** The local run: the whole system in one JVM, and its command line. */
@NullMarked
package io.github.cloudmapgraph.local.run;

import org.jspecify.annotations.NullMarked;
