package io.github.cloudmapgraph.local.servers;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.neo4j.configuration.connectors.ConnectorPortRegister;
import org.neo4j.configuration.connectors.ConnectorType;
import org.neo4j.dbms.api.DatabaseManagementService;
import org.neo4j.dbms.api.DatabaseManagementServiceBuilder;
import org.neo4j.kernel.internal.GraphDatabaseAPI;

/**
 * A Neo4j community server with Bolt, HTTP and Neo4j Browser.
 *
 * <p>It is started through the embedding API rather than {@code CommunityBootstrapper}, which would take SIGINT,
 * SIGTERM and a shutdown hook for itself: who embeds a server decides when it ends.
 *
 * <p>It asks for a password, although only this machine reaches it: browsers let any web page open a WebSocket to the
 * loopback address, and Bolt is spoken over WebSockets too. The password is no secret on this machine, and need not be
 * typed: {@link #browser()} names the user, and Browser remembers the rest.
 */
public final class Neo4jServer implements AutoCloseable {

    public static final String USER = "neo4j";

    public static final String PASSWORD = "cloud-map-graph";

    public static final String DATABASE = "neo4j";

    private static final String SYSTEM = "system";

    private final DatabaseManagementService server;
    private final int boltPort;
    private final int httpPort;
    private final Optional<Path> temporary;

    private Neo4jServer(DatabaseManagementService server, Optional<Path> temporary) {
        this.server = server;
        this.temporary = temporary;
        this.boltPort = port(server, ConnectorType.BOLT);
        this.httpPort = port(server, ConnectorType.HTTP);
    }

    /**
     * Starts it in a directory of its own, which goes when the server is closed.
     *
     * @param boltPort 0 for any
     * @param httpPort 0 for any
     */
    public static Neo4jServer start(int boltPort, int httpPort) throws IOException {
        Path temporary = Files.createTempDirectory("cloud-map-graph-neo4j");
        try {
            return start(boltPort, httpPort, temporary, Optional.of(temporary));
        } catch (IOException e) {
            delete(temporary);
            throw e;
        }
    }

    /**
     * Starts it on a directory, which is made where it is missing. A password that was changed there stays as it is.
     *
     * @param boltPort 0 for any
     * @param httpPort 0 for any
     */
    public static Neo4jServer start(int boltPort, int httpPort, Path data) throws IOException {
        return start(boltPort, httpPort, Files.createDirectories(data), Optional.empty());
    }

    private static Neo4jServer start(int boltPort, int httpPort, Path home, Optional<Path> temporary)
            throws IOException {
        ServerLogs.problemsOnly();
        Loopback.requireFree("Neo4j's Bolt", boltPort);
        Loopback.requireFree("Neo4j's HTTP server", httpPort);
        DatabaseManagementService server;
        try {
            server = new DatabaseManagementServiceBuilder(home.toAbsolutePath())
                    .setConfig(Neo4jSettings.of(boltPort, httpPort))
                    .build();
        } catch (RuntimeException e) {
            throw new IOException("Neo4j did not start in %s: %s".formatted(home, rootMessage(e)), e);
        }
        try {
            setFirstPassword(server);
            return new Neo4jServer(server, temporary);
        } catch (RuntimeException e) {
            // Its threads are no daemons: left running, they would hold the JVM.
            server.shutdown();
            throw new IOException("Neo4j did not start in %s: %s".formatted(home, rootMessage(e)), e);
        }
    }

    /** Neo4j starts with a password that it lets nobody work with, and refuses to set the same one again. */
    private static void setFirstPassword(DatabaseManagementService server) {
        var system = server.database(SYSTEM);
        boolean unset = system.executeTransactionally(
                "SHOW USERS YIELD user, passwordChangeRequired WHERE user = $user AND passwordChangeRequired RETURN"
                        + " user",
                Map.of("user", USER),
                users -> users.hasNext());
        if (unset) {
            system.executeTransactionally(
                    "ALTER USER $user SET PASSWORD $password CHANGE NOT REQUIRED",
                    Map.of("user", USER, "password", PASSWORD));
        }
    }

    /** Where drivers connect. */
    public URI bolt() {
        return URI.create("bolt://" + Loopback.HOST + ":" + boltPort);
    }

    public URI http() {
        return Loopback.http(httpPort);
    }

    /**
     * Neo4j Browser, with its connect form filled in but for the password. The database is left out: Browser 5.24 asks
     * for one that is named here before it has the list of databases, and shows an error.
     */
    public URI browser() {
        return http().resolve("/browser/?dbms=bolt://" + USER + "@" + Loopback.HOST + ":" + boltPort);
    }

    @Override
    public void close() {
        server.shutdown();
        temporary.ifPresent(directory -> {
            try {
                delete(directory);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static int port(DatabaseManagementService server, ConnectorType connector) {
        var ports = ((GraphDatabaseAPI) server.database(SYSTEM))
                .getDependencyResolver()
                .resolveDependency(ConnectorPortRegister.class);
        return requireNonNull(ports.getLocalAddress(connector), connector + " is off")
                .getPort();
    }

    private static String rootMessage(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }

    private static void delete(Path directory) throws IOException {
        List<Path> deepestFirst;
        try (var paths = Files.walk(directory)) {
            deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : deepestFirst) {
            Files.delete(path);
        }
    }
}
