package io.github.cloudmapgraph.consumer.neo4j;

import io.github.cloudmapgraph.consumer.graph.GraphUpdater;
import org.neo4j.driver.Driver;

/** Neo4j, as long as its access stays the same: the driver, and what works through it. */
public record OpenGraph(Neo4jAccess access, Driver driver, GraphUpdater updater) implements AutoCloseable {
    @Override
    public void close() {
        driver.close();
    }
}
