package io.github.cloudmapgraph.consumer.neo4j;

import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.neo4j.driver.AuthTokens;
import org.neo4j.driver.Config;
import org.neo4j.driver.Driver;
import org.neo4j.driver.GraphDatabase;

/** Makes the driver for one update at a time, in a process that is frozen between invocations. */
final class Drivers {
    /** Held, for java.util.logging forgets a level whose logger nobody holds. */
    private static final Logger DRIVER_LOG = Logger.getLogger("org.neo4j.driver");

    private Drivers() {}

    /** Makes a driver; it connects on first use. */
    static Driver open(Neo4jAccess access) {
        // It tells of each driver that is made and closed at INFO.
        DRIVER_LOG.setLevel(Level.WARNING);
        return GraphDatabase.driver(
                access.uri(), AuthTokens.basic(access.username(), access.password()), configuration());
    }

    private static Config configuration() {
        return Config.builder()
                .withUserAgent("cloud-map-graph")
                .withConnectionTimeout(5, TimeUnit.SECONDS)
                // The connection, TLS and the routing table are all in it.
                .withConnectionAcquisitionTimeout(15, TimeUnit.SECONDS)
                .withMaxConnectionPoolSize(5)
                .withMaxTransactionRetryTime(15, TimeUnit.SECONDS)
                // Between invocations the process stands still, and firewalls forget its connections.
                .withConnectionLivenessCheckTimeout(5, TimeUnit.SECONDS)
                .withEventLoopThreads(2)
                .withTelemetryDisabled(true)
                .build();
    }
}
