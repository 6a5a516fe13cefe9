/** Neo4j as the consumer reaches it: its address and credentials, the one driver, and what a failure of it means. */
@NullMarked
package io.github.cloudmapgraph.consumer.neo4j;

import org.jspecify.annotations.NullMarked;
