/** Reading Cloud Map: the producer's reads at the local endpoint, with AWS's latency and request rates. */
@NullMarked
package io.github.cloudmapgraph.benchmarks.read;

import org.jspecify.annotations.NullMarked;
