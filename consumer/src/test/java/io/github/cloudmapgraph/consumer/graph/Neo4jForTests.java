package io.github.cloudmapgraph.consumer.graph;

import io.github.cloudmapgraph.log.Log;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.neo4j.driver.AuthTokens;
import org.neo4j.driver.Driver;
import org.neo4j.driver.GraphDatabase;
import org.neo4j.driver.Record;
import org.neo4j.driver.TransactionConfig;
import org.neo4j.harness.Neo4j;
import org.neo4j.harness.Neo4jBuilders;

/** One real Neo4j server for all tests of the JVM. */
final class Neo4jForTests {
    private static final Neo4j SERVER =
            Neo4jBuilders.newInProcessBuilder().withDisabledServer().build();

    static final Driver DRIVER = GraphDatabase.driver(SERVER.boltURI(), AuthTokens.none());

    static final Transactions TRANSACTIONS = transactions(OutputStream.nullOutputStream());

    private Neo4jForTests() {}

    static Transactions transactions(OutputStream logged) {
        return new Transactions(
                DRIVER,
                Schema.session(""),
                TransactionConfig.empty(),
                new Log(new PrintStream(logged, true, StandardCharsets.UTF_8), InstantSource.system()));
    }

    /** An updater with the deployed options. */
    static GraphUpdater updater(OutputStream logged, InstantSource clock) {
        return updater(logged, clock, 10);
    }

    /** An updater that holds back the deletion of most of a scope's services only if they are so many. */
    static GraphUpdater updater(OutputStream logged, InstantSource clock, int massDeletionMinServices) {
        return updater(DRIVER, logged, clock, massDeletionMinServices);
    }

    static GraphUpdater updater(Driver driver, OutputStream logged, InstantSource clock, int massDeletionMinServices) {
        return new GraphUpdater(
                driver,
                "",
                new GraphOptions(Duration.ofSeconds(60), massDeletionMinServices, 50, 3),
                clock,
                new Log(new PrintStream(logged, false, StandardCharsets.UTF_8), clock));
    }

    static void clear() {
        run("MATCH (n) DETACH DELETE n");
    }

    static List<Record> run(String cypher) {
        return run(cypher, Map.of());
    }

    static List<Record> run(String cypher, Map<String, Object> parameters) {
        return DRIVER.executableQuery(cypher)
                .withParameters(parameters)
                .execute()
                .records();
    }

    /** Waits until a transaction waits for another one's lock. */
    static void awaitBlocked() {
        Instant latest = Instant.now().plusSeconds(30);
        while (count("SHOW TRANSACTIONS YIELD status WHERE status STARTS WITH 'Blocked' RETURN count(status)") == 0) {
            if (Instant.now().isAfter(latest)) {
                throw new IllegalStateException("no transaction waits for another one");
            }
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
    }

    static long count(String cypher) {
        return run(cypher).getFirst().get(0).asLong();
    }
}
