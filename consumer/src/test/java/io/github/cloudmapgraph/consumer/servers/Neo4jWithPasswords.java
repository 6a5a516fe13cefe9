package io.github.cloudmapgraph.consumer.servers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.neo4j.configuration.GraphDatabaseSettings;
import org.neo4j.configuration.connectors.BoltConnector;
import org.neo4j.configuration.helpers.SocketAddress;
import org.neo4j.configuration.ssl.SslPolicyConfig;
import org.neo4j.configuration.ssl.SslPolicyScope;
import org.neo4j.dbms.api.DatabaseManagementService;
import org.neo4j.dbms.api.DatabaseManagementServiceBuilder;
import org.neo4j.driver.AuthTokens;
import org.neo4j.driver.Driver;
import org.neo4j.driver.GraphDatabase;
import org.neo4j.driver.QueryConfig;
import org.neo4j.driver.Record;

/** A real Neo4j server that asks for a password and offers TLS, until the JVM ends. */
public final class Neo4jWithPasswords {
    /** The tests' own user; the consumer has another one. */
    private static final String ADMIN = "neo4j";

    private static final String ADMIN_PASSWORD = "of-the-tests-only";
    private final URI uri;
    private final Driver driver;

    Neo4jWithPasswords(Certificates certificates) throws IOException {
        int port = freePort();
        uri = URI.create("bolt://localhost:" + port);
        SslPolicyConfig tls = SslPolicyConfig.forScope(SslPolicyScope.BOLT);
        // Not the harness: it makes certificates of its own, with a class that it does not bring.
        DatabaseManagementService server = new DatabaseManagementServiceBuilder(
                        Files.createTempDirectory(Path.of("target").toAbsolutePath(), "neo4j"))
                .setConfig(GraphDatabaseSettings.auth_enabled, true)
                .setConfig(GraphDatabaseSettings.pagecache_memory, 64L << 20)
                .setConfig(GraphDatabaseSettings.preallocate_logical_logs, false)
                .setConfig(BoltConnector.enabled, true)
                .setConfig(BoltConnector.listen_address, new SocketAddress("127.0.0.1", port))
                .setConfig(BoltConnector.advertised_address, new SocketAddress("localhost", port))
                .setConfig(BoltConnector.encryption_level, BoltConnector.EncryptionLevel.OPTIONAL)
                .setConfig(tls.enabled, true)
                .setConfig(tls.base_directory, certificates.folder)
                .build();
        server.database(GraphDatabaseSettings.SYSTEM_DATABASE_NAME)
                .executeTransactionally(
                        "ALTER USER $user SET PASSWORD $password CHANGE NOT REQUIRED",
                        Map.of("user", ADMIN, "password", ADMIN_PASSWORD));
        driver = GraphDatabase.driver(uri, AuthTokens.basic(ADMIN, ADMIN_PASSWORD));
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }

    /** Returns its Bolt address. */
    public URI uri() {
        return uri;
    }

    /** Runs a statement. */
    public List<Record> run(String cypher) {
        return driver.executableQuery(cypher).execute().records();
    }

    /** Drops the index that an update makes; the next process's first update makes it again. */
    public void dropIndexOfServiceNames() {
        for (Record index : run("SHOW INDEXES YIELD name, labelsOrTypes, properties, owningConstraint"
                + " WHERE labelsOrTypes = ['Service'] AND properties = ['name'] AND owningConstraint IS NULL"
                + " RETURN name")) {
            run("DROP INDEX " + index.get("name").asString());
        }
    }

    /** Makes a user, or gives one a new password, and ends the connections it has. */
    public void setPassword(String user, String password) {
        driver.executableQuery("CREATE OR REPLACE USER $user SET PASSWORD $password CHANGE NOT REQUIRED")
                .withParameters(Map.of("user", user, "password", password))
                .withConfig(QueryConfig.builder().withDatabase("system").build())
                .execute();
        for (Record connection : run("CALL dbms.listConnections() YIELD connectionId, username")) {
            if (connection.get("username").asString("").equals(user)) {
                driver.executableQuery("CALL dbms.killConnection($id)")
                        .withParameters(
                                Map.of("id", connection.get("connectionId").asString()))
                        .execute();
            }
        }
    }
}
