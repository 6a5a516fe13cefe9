package io.github.cloudmapgraph.benchmarks.graph;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Path;
import org.neo4j.configuration.GraphDatabaseSettings;
import org.neo4j.configuration.connectors.BoltConnector;
import org.neo4j.configuration.connectors.ConnectorPortRegister;
import org.neo4j.configuration.connectors.ConnectorType;
import org.neo4j.configuration.helpers.SocketAddress;
import org.neo4j.dbms.api.DatabaseManagementService;
import org.neo4j.dbms.api.DatabaseManagementServiceBuilder;
import org.neo4j.kernel.internal.GraphDatabaseAPI;

/** A Neo4j server until its input ends. It says its Bolt port on a line of its own. */
final class Neo4jMain {
    static final String READY = "bolt port ";

    private static final String HOST = "127.0.0.1";
    private static final long PAGE_CACHE_BYTES = 512L << 20;

    private Neo4jMain() {}

    /** Takes the directory, which is empty. */
    public static void main(String[] arguments) throws IOException {
        DatabaseManagementService server = new DatabaseManagementServiceBuilder(Path.of(arguments[0]))
                // Bolt on the loopback interface, for some minutes, on a directory that goes with it.
                .setConfig(GraphDatabaseSettings.auth_enabled, false)
                .setConfig(BoltConnector.enabled, true)
                .setConfig(BoltConnector.listen_address, new SocketAddress(HOST, 0))
                .setConfig(BoltConnector.server_bolt_telemetry_enabled, false)
                .setConfig(GraphDatabaseSettings.udc_enabled, false)
                // The default is a share of the machine; the largest graph here fits into this one.
                .setConfig(GraphDatabaseSettings.pagecache_memory, PAGE_CACHE_BYTES)
                .build();
        var ports = ((GraphDatabaseAPI) server.database("system"))
                .getDependencyResolver()
                .resolveDependency(ConnectorPortRegister.class);
        System.out.println(READY
                + requireNonNull(ports.getLocalAddress(ConnectorType.BOLT)).getPort());
        while (System.in.read() >= 0) {
            // Nothing is said to it.
        }
        server.shutdown();
        System.exit(0);
    }
}
