/** The real servers that the local run and its tests talk to, embedded, each on the loopback address only. */
@NullMarked
package io.github.cloudmapgraph.local.servers;

import org.jspecify.annotations.NullMarked;
