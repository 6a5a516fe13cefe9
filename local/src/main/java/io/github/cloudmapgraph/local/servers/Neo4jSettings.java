package io.github.cloudmapgraph.local.servers;

import java.time.Duration;
import java.util.Map;
import org.neo4j.configuration.GraphDatabaseInternalSettings;
import org.neo4j.configuration.GraphDatabaseSettings;
import org.neo4j.configuration.connectors.BoltConnector;
import org.neo4j.configuration.connectors.HttpConnector;
import org.neo4j.configuration.helpers.SocketAddress;
import org.neo4j.graphdb.config.Setting;
import org.neo4j.server.configuration.ServerSettings;

/** What a Neo4j server is told that shares a developer's machine, and a JVM, with others. */
final class Neo4jSettings {

    private static final long MEBIBYTE = 1 << 20;

    /**
     * Browser's own policy without the outside hosts that it fetches fonts, guides and analytics scripts from: the
     * browser itself then asks nobody but this machine.
     */
    private static final String BROWSER_STAYS_HERE = String.join(
            "; ",
            "default-src 'self'",
            "script-src 'self'",
            "img-src 'self' data:",
            "style-src 'self' 'unsafe-inline'",
            "font-src 'self' data:",
            "connect-src 'self' ws://127.0.0.1:* ws://localhost:* http://127.0.0.1:* http://localhost:*",
            "base-uri 'none'",
            "object-src 'none'",
            "frame-ancestors 'none'");

    private Neo4jSettings() {}

    static Map<Setting<?>, Object> of(int boltPort, int httpPort) {
        return Map.ofEntries(
                Map.entry(GraphDatabaseSettings.auth_enabled, true),
                Map.entry(BoltConnector.enabled, true),
                Map.entry(BoltConnector.listen_address, new SocketAddress(Loopback.HOST, boltPort)),
                Map.entry(BoltConnector.advertised_address, new SocketAddress(Loopback.HOST, boltPort)),
                Map.entry(HttpConnector.enabled, true),
                Map.entry(HttpConnector.listen_address, new SocketAddress(Loopback.HOST, httpPort)),
                Map.entry(HttpConnector.advertised_address, new SocketAddress(Loopback.HOST, httpPort)),
                // Browser is of the same origin; the default, *, lets any web page call the HTTP API.
                Map.entry(
                        ServerSettings.http_access_control_allow_origin,
                        Loopback.http(httpPort).toString()),
                Map.entry(ServerSettings.http_static_content_security_policy, BROWSER_STAYS_HERE),
                Map.entry(ServerSettings.allow_telemetry, false),
                Map.entry(BoltConnector.server_bolt_telemetry_enabled, false),
                Map.entry(GraphDatabaseSettings.udc_enabled, false),
                // A graph of a few thousand services fits into a fraction of this; the default is a share of the
                // machine.
                Map.entry(GraphDatabaseSettings.pagecache_memory, 64 * MEBIBYTE),
                // By default each of the two databases sets aside a log file of 256 MiB.
                Map.entry(GraphDatabaseSettings.preallocate_logical_logs, false),
                Map.entry(GraphDatabaseSettings.logical_log_rotation_threshold, 8 * MEBIBYTE),
                // The default waits five seconds for clients that might still come, at each of two connectors.
                Map.entry(GraphDatabaseInternalSettings.netty_server_shutdown_quiet_period, Duration.ZERO));
    }
}
