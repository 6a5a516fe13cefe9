/** The real servers that the consumer's tests run against, on the loopback interface. */
@NullMarked
package io.github.cloudmapgraph.consumer.servers;

import org.jspecify.annotations.NullMarked;
