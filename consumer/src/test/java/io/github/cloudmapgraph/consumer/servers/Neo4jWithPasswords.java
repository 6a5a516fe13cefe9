package io.github.cloudmapgraph.consumer.servers;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.neo4j.configuration.GraphDatabaseSettings;
import org.neo4j.driver.AuthTokens;
import org.neo4j.driver.Driver;
import org.neo4j.driver.GraphDatabase;
import org.neo4j.driver.QueryConfig;
import org.neo4j.driver.Record;
import org.neo4j.harness.Neo4j;
import org.neo4j.harness.Neo4jBuilders;

/** A real Neo4j server that asks for a password, until the JVM ends. */
public final class Neo4jWithPasswords {
    /** The tests' own user; the consumer has another one. */
    private static final String ADMIN = "neo4j";

    private static final String ADMIN_PASSWORD = "of-the-tests-only";
    private final Neo4j server;
    private final Driver driver;

    Neo4jWithPasswords() {
        server = Neo4jBuilders.newInProcessBuilder()
                .withDisabledServer()
                .withConfig(GraphDatabaseSettings.auth_enabled, true)
                .build();
        var system = server.databaseManagementService().database(GraphDatabaseSettings.SYSTEM_DATABASE_NAME);
        system.executeTransactionally(
                "ALTER USER $user SET PASSWORD $password CHANGE NOT REQUIRED",
                Map.of("user", ADMIN, "password", ADMIN_PASSWORD));
        driver = GraphDatabase.driver(server.boltURI(), AuthTokens.basic(ADMIN, ADMIN_PASSWORD));
    }

    /** Returns its Bolt address. */
    public URI uri() {
        return server.boltURI();
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
