package io.github.cloudmapgraph.consumer.graph;

import io.github.cloudmapgraph.log.Log;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import org.neo4j.driver.Driver;
import org.neo4j.driver.SessionConfig;
import org.neo4j.driver.TransactionConfig;
import org.neo4j.driver.async.AsyncSession;
import org.neo4j.driver.async.AsyncTransaction;
import org.neo4j.driver.exceptions.ClientException;
import org.neo4j.driver.exceptions.RetryableException;
import org.neo4j.driver.exceptions.TransactionTerminatedException;

/**
 * Runs work in write transactions, in the caller's thread, and again where Neo4j says that this may help.
 *
 * <p>They are the driver's asynchronous transactions, for only those take a statement before the one before it is
 * answered. The driver's own retries of such work run it in a thread that cannot wait, and leave a thread behind with
 * each driver; so they are here, with the driver's figures: after a failure 15 s after the first there is none, and
 * each failure that is not thrown is logged.
 *
 * @see <a href="https://neo4j.com/docs/java-manual/current/async/">Asynchronous queries</a>
 */
final class Transactions {
    /**
     * A node that a concurrent transaction deleted: the driver finds no retry worth it, but here everything is read
     * anew.
     */
    private static final String ENTITY_NOT_FOUND = "Neo.ClientError.Statement.EntityNotFound";

    private static final String NO_CODE = "N/A";

    /** From the first failure on; a failure after it is the last. */
    private static final Duration MOST = Duration.ofSeconds(15);

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final int PAUSES_GROW_BY = 2;

    /** Two that were in each other's way do not meet again. */
    private static final double PAUSES_VARY_BY = 0.2;

    private final Driver driver;
    private final SessionConfig session;
    private final TransactionConfig config;
    private final Log log;

    Transactions(Driver driver, SessionConfig session, TransactionConfig config, Log log) {
        this.driver = driver;
        this.session = session;
        this.config = config;
        this.log = log;
    }

    /**
     * Runs work in a transaction and commits it; does both again, for some seconds, after a failure that may pass.
     *
     * <p>An interrupt ends the waiting: the transaction is then rolled back by the driver when Neo4j answers, but for a
     * commit that is under way.
     *
     * @throws RuntimeException what the work threw, or the driver; nothing of the work took effect then, unless it is
     *     the answer to the commit that was lost
     */
    <T> T write(Function<Cypher, T> work) {
        long firstFailed = 0;
        for (int failures = 1; ; failures++) {
            try {
                return once(work);
            } catch (RuntimeException e) {
                long now = System.nanoTime();
                firstFailed = failures == 1 ? now : firstFailed;
                if (!mayPass(e) || now - firstFailed >= MOST.toNanos()) {
                    throw e;
                }
                log.warn("Neo4j did not take a transaction; it is tried again", "reason", Neo4jText.of(e));
                sleepAbout(FIRST_PAUSE.toMillis() * Math.powExact(PAUSES_GROW_BY, failures - 1), e);
            }
        }
    }

    private <T> T once(Function<Cypher, T> work) {
        AsyncSession open = driver.session(AsyncSession.class, session);
        // What is not committed is rolled back with it.
        try (Closing _ = () -> await(open.closeAsync())) {
            AsyncTransaction transaction = await(open.beginTransactionAsync(config));
            var cypher = new Cypher(transaction);
            T result = work.apply(cypher);
            cypher.waitForAnswers();
            await(transaction.commitAsync());
            return result;
        }
    }

    private static boolean mayPass(RuntimeException failure) {
        return failure instanceof RetryableException
                || (failure instanceof ClientException refused && ENTITY_NOT_FOUND.equals(refused.code()));
    }

    private static void sleepAbout(long millis, RuntimeException failure) {
        double share = ThreadLocalRandom.current().nextDouble(1 - PAUSES_VARY_BY, 1 + PAUSES_VARY_BY);
        try {
            Thread.sleep(Duration.ofMillis(Math.round(millis * share)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure;
        }
    }

    /** Waits, and returns or throws what came of it. */
    static <T> T await(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for Neo4j", e);
        } catch (ExecutionException e) {
            throw failure(e);
        }
    }

    /** As it is: by its type is told what is worth a retry. */
    private static RuntimeException failure(ExecutionException thrown) {
        return switch (thrown.getCause()) {
            // A statement was not run, since one before it had failed: of the cause, for the driver has no code of its
            // own.
            case TransactionTerminatedException e
            when NO_CODE.equals(e.code()) && e.getCause() instanceof RuntimeException cause -> cause;
            case RuntimeException e -> e;
            case Error e -> throw e;
            case null, default -> new IllegalStateException(thrown);
        };
    }

    private interface Closing extends AutoCloseable {
        @Override
        void close();
    }
}
