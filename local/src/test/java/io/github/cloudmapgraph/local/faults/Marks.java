package io.github.cloudmapgraph.local.faults;

import io.github.cloudmapgraph.snapshot.Scope;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiFunction;
import org.neo4j.driver.Driver;
import org.neo4j.driver.Record;
import org.neo4j.driver.Session;
import org.neo4j.driver.Transaction;
import org.neo4j.driver.exceptions.Neo4jException;

/**
 * Random people who mark services and instances that the random client edits: each mark is a label, a property, and
 * relationships from a node of their own and to another service.
 */
final class Marks {
    private static final String NODES = "MATCH (n) WHERE n.scope = $scope AND (n:Service OR n:Instance) ";
    private static final String KEY = "coalesce(n.key, n.arn)";
    private static final String LOCK =
            "MATCH (s:SyncState {scope: $scope}) SET s.people_lock = 1 REMOVE s.people_lock" + " RETURN 1 AS locked";
    private static final String VERSION =
            "MATCH (s:SyncState {scope: $scope}) RETURN coalesce(s.version, 0) AS version";
    private static final String UNMARKED = NODES + "AND n.people_mark IS NULL AND coalesce(n.namespace, '') <> 'kept'"
            + " RETURN " + KEY + " AS key ORDER BY key";
    private static final String MARK =
            NODES + "AND " + KEY + " = $key MATCH (to:Service {scope: $scope, name: 'kept-a'}) SET n:Marked,"
                    + " n.people_mark = $mark CREATE (:Person {mark: $mark})-[:MINDS {mark: $mark}]->(n),"
                    + " (n)-[:REMINDS_OF {mark: $mark}]->(to)";
    private static final String LOOK = NODES + "RETURN " + KEY + " AS key, CASE WHEN n:Marked THEN 'Marked' ELSE '' END"
            + " + ' ' + coalesce(n.people_mark, '')"
            + " + ' ' + coalesce([(:Person)-[m:MINDS]->(n) | m.mark][0], '')"
            + " + ' ' + coalesce([(n)-[r:REMINDS_OF]->(:Service) | r.mark][0], '') AS shows";
    private static final String PERSONS = "MATCH (p:Person) RETURN p.mark AS key, 'is there' AS shows";

    private final Driver driver;
    private final Scope scope;
    private final History history;
    private final Random random;

    Marks(Driver driver, Scope scope, History history, Random random) {
        this.driver = driver;
        this.scope = scope;
        this.history = history;
        this.random = random;
    }

    /** Marks until it is told to end; what fails because Neo4j is away is left. */
    void run(AtomicBoolean ended) {
        for (int number = 1; !ended.get(); number++) {
            try {
                mark("mark-" + number);
            } catch (Neo4jException e) {
                LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
            }
            LockSupport.parkNanos(Duration.ofMillis(200 + random.nextInt(400)).toNanos());
        }
    }

    private void mark(String mark) {
        var inScope = Map.<String, Object>of("scope", scope.value());
        try (Session session = driver.session();
                Transaction transaction = session.beginTransaction(Readers.SHORT)) {
            if (transaction.run(LOCK, inScope).list().isEmpty()) {
                return;
            }
            long version =
                    transaction.run(VERSION, inScope).single().get("version").asLong();
            List<String> unmarked = transaction
                    .run(UNMARKED, inScope)
                    .list(row -> row.get("key").asString());
            if (unmarked.isEmpty()) {
                return;
            }
            String key = unmarked.get(random.nextInt(unmarked.size()));
            transaction
                    .run(MARK, Map.of("scope", scope.value(), "key", key, "mark", mark))
                    .consume();
            transaction.commit();
            history.add(new Event.Marked(key, mark, version, shows(mark)));
        }
    }

    /** What a reader sees of a marked node. */
    static String shows(String mark) {
        return "Marked " + mark + " " + mark + " " + mark;
    }

    static Map<String, String> read(Scope scope, BiFunction<String, Map<String, Object>, List<Record>> query) {
        Map<String, String> marks = new TreeMap<>();
        for (String look : List.of(LOOK, PERSONS)) {
            query.apply(look, Map.of("scope", scope.value()))
                    .forEach(row -> marks.put(
                            row.get("key").asString(), row.get("shows").asString()));
        }
        return marks;
    }
}
