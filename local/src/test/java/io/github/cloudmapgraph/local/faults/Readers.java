package io.github.cloudmapgraph.local.faults;

import io.github.cloudmapgraph.local.flow.Contents;
import io.github.cloudmapgraph.snapshot.Scope;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.neo4j.driver.Driver;
import org.neo4j.driver.Session;
import org.neo4j.driver.Transaction;
import org.neo4j.driver.TransactionConfig;
import org.neo4j.driver.exceptions.Neo4jException;

/** Queries the graph all the while; what fails because Neo4j is away is tried again. */
final class Readers {
    static final TransactionConfig SHORT =
            TransactionConfig.builder().withTimeout(Duration.ofSeconds(10)).build();

    private final Driver driver;
    private final Scope scope;
    private final People people;
    private final History history;

    Readers(Driver driver, Scope scope, History history) {
        this.driver = driver;
        this.scope = scope;
        this.people = new People(scope);
        this.history = history;
    }

    void readWithLock(AtomicBoolean ended) {
        repeat(ended, Duration.ofMillis(120), this::lockedRead);
    }

    void readFreely(AtomicBoolean ended) {
        repeat(ended, Duration.ofMillis(25), this::freeRead);
    }

    private static void repeat(AtomicBoolean ended, Duration pause, Runnable read) {
        while (!ended.get()) {
            try {
                read.run();
            } catch (Neo4jException e) {
                LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
            }
            LockSupport.parkNanos(pause.toNanos());
        }
    }

    void lockedRead() {
        var parameters = Map.<String, Object>of("scope", scope.value());
        try (Session session = driver.session();
                Transaction transaction = session.beginTransaction(SHORT)) {
            var locked = transaction
                    .run("MATCH (s:SyncState {scope: $scope}) SET s.people_lock = 1 RETURN 1", parameters)
                    .list();
            if (!locked.isEmpty()) {
                long version = transaction
                        .run("MATCH (s:SyncState {scope: $scope}) RETURN coalesce(s.version, 0)", parameters)
                        .single()
                        .get(0)
                        .asLong();
                var contents = Contents.ofGraph(
                        scope, (cypher, given) -> transaction.run(cypher, given).list());
                var added = people.read(
                        (cypher, given) -> transaction.run(cypher, given).list());
                var marks = Marks.read(
                        scope, (cypher, given) -> transaction.run(cypher, given).list());
                history.add(new Event.LockedRead(version, contents, added, marks));
            }
            transaction.rollback();
        }
    }

    private void freeRead() {
        long from = System.nanoTime();
        try (Session session = driver.session()) {
            session.run(
                            "MATCH (s:SyncState {scope: $scope}) RETURN coalesce(s.version, 0)",
                            Map.of("scope", scope.value()))
                    .list()
                    .forEach(row -> history.add(new Event.FreeRead(row.get(0).asLong(), from, System.nanoTime())));
        }
    }
}
