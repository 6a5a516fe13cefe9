package io.github.cloudmapgraph.benchmarks.graph;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.neo4j.driver.AuthTokens;
import org.neo4j.driver.Driver;
import org.neo4j.driver.GraphDatabase;
import org.neo4j.driver.Record;
import org.neo4j.driver.TransactionContext;

/** The database that is measured. */
final class Graph implements AutoCloseable {
    private final Driver driver;

    Graph(URI bolt) {
        driver = GraphDatabase.driver(bolt, AuthTokens.none());
    }

    Driver driver() {
        return driver;
    }

    /** Deletes every node; constraints and indexes stay. */
    void clear() {
        try (var session = driver.session()) {
            session.run("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 20000 ROWS")
                    .consume();
        }
    }

    void write(Consumer<TransactionContext> work) {
        try (var session = driver.session()) {
            session.executeWriteWithoutResult(work);
        }
    }

    /** Runs a statement that returns one number, in a transaction of its own. */
    int writeAndCount(String cypher, Map<String, Object> parameters) {
        try (var session = driver.session()) {
            return session.executeWrite(transaction ->
                    transaction.run(cypher, parameters).single().get(0).asInt());
        }
    }

    List<Record> read(String cypher) {
        try (var session = driver.session()) {
            return session.run(cypher, Map.of()).list();
        }
    }

    /** Counts the nodes and relationships that are a registry's. */
    List<Long> counts() {
        Record row = read("""
            RETURN count { (:Namespace) } AS namespaces, count { (:Service) } AS services,
              count { (:Instance) } AS instances, count { ()-[:REGISTERED]->() } AS registered,
              count { ()-[:IN_NAMESPACE]->() } AS inNamespace, count { ()-[:DEP_ON]->() } AS dependencies\
            """).getFirst();
        return row.values().stream().map(value -> value.asLong()).toList();
    }

    @Override
    public void close() {
        driver.close();
    }
}
