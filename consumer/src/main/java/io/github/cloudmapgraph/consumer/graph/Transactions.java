package io.github.cloudmapgraph.consumer.graph;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.neo4j.driver.Driver;
import org.neo4j.driver.SessionConfig;
import org.neo4j.driver.TransactionConfig;
import org.neo4j.driver.async.AsyncSession;
import org.neo4j.driver.async.AsyncTransactionContext;

/**
 * Runs work in write transactions. They are the driver's asynchronous ones, for only those take a statement before the
 * one before it is answered; the work itself waits where it has to.
 *
 * @see <a href="https://neo4j.com/docs/java-manual/current/async/">Asynchronous queries</a>
 */
final class Transactions {
    private final Driver driver;
    private final SessionConfig session;
    private final TransactionConfig config;

    Transactions(Driver driver, SessionConfig session, TransactionConfig config) {
        this.driver = driver;
        this.session = session;
        this.config = config;
    }

    /**
     * Runs work in a transaction, in another thread, and commits; the driver does it again for as long as it finds that
     * worth it. An interrupt ends the waiting, not the transaction: that ends with its answer, or with the driver.
     *
     * @throws RuntimeException what the work threw, or the driver; it is rolled back then, or the commit's answer was
     *     lost
     */
    <T> T write(Function<Cypher, T> work) {
        AsyncSession open = driver.session(AsyncSession.class, session);
        try (AutoCloseableSession _ = () -> await(open.closeAsync())) {
            // The driver's own threads must not wait.
            return await(open.executeWriteAsync(
                    context -> CompletableFuture.supplyAsync(() -> run(work, context), Thread::startVirtualThread),
                    config));
        }
    }

    private static <T> T run(Function<Cypher, T> work, AsyncTransactionContext context) {
        var cypher = new Cypher(context);
        T result = work.apply(cypher);
        cypher.waitForAnswers();
        return result;
    }

    /** Waits, and returns or throws what came of it. */
    static <T> T await(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for Neo4j", e);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                // As they are: the driver tells by the type what is worth a retry.
                case RuntimeException failure -> throw failure;
                case Error error -> throw error;
                case null, default -> throw new IllegalStateException(e);
            }
        }
    }

    private interface AutoCloseableSession extends AutoCloseable {
        @Override
        void close();
    }
}
