package io.github.cloudmapgraph.consumer.graph;

import static io.github.cloudmapgraph.consumer.graph.Neo4jForTests.TRANSACTIONS;
import static io.github.cloudmapgraph.consumer.graph.Neo4jForTests.awaitBlocked;
import static io.github.cloudmapgraph.consumer.graph.Neo4jForTests.count;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.neo4j.driver.exceptions.ClientException;

/** Statements that are sent before the ones before them are answered. */
class CypherIT {
    private static final String PARAMETER_MISSING = "Neo.ClientError.Statement.ParameterMissing";

    @BeforeEach
    void clear() {
        Neo4jForTests.clear();
        Schema.create(Neo4jForTests.DRIVER, Schema.session(""));
    }

    @Test
    void readLater_givesWhatWasRead_asOftenAsAsked() {
        List<String> read = TRANSACTIONS.write(cypher -> {
            lock(cypher, "a");
            var rows = cypher.readLater(Statement.FIND_DAMAGE, Map.of("scope", "a"));
            lock(cypher, "b");
            return List.of(rows.get().toString(), rows.get().toString());
        });

        assertThat(read.getFirst()).contains("services: 0").isEqualTo(read.getLast());
        assertThat(count("MATCH (state:SyncState) RETURN count(state)")).isEqualTo(2);
    }

    @Test
    void readLater_throwsWhatAnEarlierStatementFailedOf() {
        assertThatThrownBy(() -> TRANSACTIONS.write(cypher -> {
                    fail(cypher);
                    return cypher.readLater(Statement.READ_DIGESTS, Map.of("scope", "a"))
                            .get();
                }))
                .asInstanceOf(type(ClientException.class))
                .returns(PARAMETER_MISSING, ClientException::code);
    }

    /** A driver that fetches rows by the thousand asks for the rest behind the next statement. */
    @Test
    void readLater_givesAllRows_whenALaterStatementFails() {
        Neo4jForTests.run("UNWIND range(1, 2500) AS i CREATE (:Service {scope: 'a', arn: toString(i)})");
        var rows = new AtomicInteger();

        assertThatThrownBy(() -> TRANSACTIONS.write(cypher -> {
                    var reading = cypher.readLater(Statement.READ_DIGESTS, Map.of("scope", "a"));
                    fail(cypher);
                    rows.set(reading.get().size());
                    return true;
                }))
                .asInstanceOf(type(ClientException.class))
                .returns(PARAMETER_MISSING, ClientException::code);
        assertThat(rows).hasValue(2_500);
    }

    @Test
    void write_commitsNothing_whenTheLastAnswerIsAFailureAndNobodyAskedForIt() {
        assertThatThrownBy(() -> TRANSACTIONS.write(cypher -> {
                    lock(cypher, "a");
                    fail(cypher);
                    return true;
                }))
                .asInstanceOf(type(ClientException.class))
                .returns(PARAMETER_MISSING, ClientException::code);
        assertThat(count("MATCH (state:SyncState) RETURN count(state)")).isZero();
    }

    @Test
    void write_throwsWhatTheWorkThrew_andCommitsNothing() {
        var thrown = new IllegalArgumentException("thrown");

        assertThatThrownBy(() -> TRANSACTIONS.write(cypher -> {
                    lock(cypher, "a");
                    throw thrown;
                }))
                .isSameAs(thrown);
        assertThat(count("MATCH (state:SyncState) RETURN count(state)")).isZero();
    }

    @Test
    void write_isTriedAgain_whenANodeWasDeletedMeanwhile() {
        var attempts = new AtomicInteger();
        var logged = new ByteArrayOutputStream();

        String written = Neo4jForTests.transactions(logged).write(cypher -> {
            lock(cypher, "a");
            if (attempts.incrementAndGet() == 1) {
                throw new ClientException("Neo.ClientError.Statement.EntityNotFound", "deleted meanwhile");
            }
            return "written";
        });

        assertThat(written).isEqualTo("written");
        assertThat(attempts).hasValue(2);
        assertThat(logged.toString(StandardCharsets.UTF_8))
                .contains("it is tried again", "Neo.ClientError.Statement.EntityNotFound")
                .doesNotContain("deleted meanwhile");
        assertThat(count("MATCH (state:SyncState) RETURN count(state)")).isEqualTo(1);
    }

    /** What is sent behind a statement must not hide what it failed of, for by that is told what is worth a retry. */
    @Test
    void write_isTriedAgain_whenAStatementThatOthersWereSentBehindMetADeadlock() throws Exception {
        TRANSACTIONS.write(cypher -> {
            lock(cypher, "a");
            lock(cypher, "b");
            return true;
        });
        var attempts = new AtomicInteger();
        var bothHoldOne = new CyclicBarrier(2);
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = executor.submit(() -> lockBoth("a", "b", attempts, bothHoldOne));
            var second = executor.submit(() -> lockBoth("b", "a", attempts, bothHoldOne));

            assertThat(first.get() + second.get()).isEqualTo("abba");
        }
        assertThat(attempts).hasValue(3);
        assertThat(count("MATCH (change:SyncChange) RETURN count(change)")).isEqualTo(2);
    }

    private static String lockBoth(String one, String other, AtomicInteger attempts, CyclicBarrier bothHoldOne) {
        return TRANSACTIONS.write(cypher -> {
            lock(cypher, one);
            cypher.waitForAnswers();
            if (attempts.incrementAndGet() <= 2) {
                await(bothHoldOne);
            }
            lock(cypher, other);
            cypher.run(
                    Statement.WRITE_SYNC_STATE,
                    Map.of(
                            "scope",
                            one,
                            "properties",
                            Map.of(),
                            "changes",
                            List.of(Map.of("name", one)),
                            "common",
                            Map.of()));
            return one + other;
        });
    }

    /** As a rehearsal that takes too long: the thread has to end, also where Neo4j says nothing any more. */
    @Test
    void write_endsWithAnInterrupt_whileItWaitsForNeo4j() {
        TRANSACTIONS.write(holder -> {
            lock(holder, "a");
            holder.waitForAnswers();
            var thrown = new AtomicReference<RuntimeException>();
            Thread waiting = Thread.startVirtualThread(() -> {
                try {
                    TRANSACTIONS.write(cypher -> {
                        lock(cypher, "interrupted");
                        lock(cypher, "a");
                        return true;
                    });
                } catch (RuntimeException e) {
                    thrown.set(e);
                }
            });
            awaitBlocked();

            waiting.interrupt();

            assertThat(join(waiting)).isTrue();
            assertThat(thrown.get()).hasMessage("interrupted while waiting for Neo4j");
            return true;
        });
        // It has the lock for a moment, and gives it back with all that it did.
        TRANSACTIONS.write(cypher -> {
            lock(cypher, "a");
            return true;
        });
        assertThat(Neo4jForTests.run("MATCH (state:SyncState) RETURN state.scope")
                        .getFirst()
                        .get(0)
                        .asString())
                .isEqualTo("a");
        assertThat(count("MATCH (state:SyncState) RETURN count(state)")).isEqualTo(1);
    }

    private static boolean join(Thread thread) {
        try {
            return thread.join(Duration.ofSeconds(30));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(30, SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void lock(Cypher cypher, String scope) {
        cypher.run(Statement.LOCK_SYNC_STATE, Map.of("scope", scope, "update_id", "message"));
    }

    private static void fail(Cypher cypher) {
        cypher.run(Statement.UNLOCK_SYNC_STATE, Map.of());
    }
}
