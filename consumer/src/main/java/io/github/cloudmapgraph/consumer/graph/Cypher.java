package io.github.cloudmapgraph.consumer.graph;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.neo4j.driver.Record;
import org.neo4j.driver.async.AsyncQueryRunner;
import org.neo4j.driver.async.ResultCursor;
import org.neo4j.driver.exceptions.TransactionTerminatedException;

/**
 * Runs statements in one transaction, one after the other; for use by one thread.
 *
 * <p>A statement is sent without waiting for the answers to those before it: Neo4j has it at hand when it is done with
 * them, and the next rows are prepared meanwhile. What a statement fails of is thrown by what waits for its answer, and
 * that is waited for in order: what comes after a failure does not hide it.
 */
final class Cypher {
    /** Rows that one statement gets at most: bounds what the driver and the server hold of it at a time. */
    private static final int ROWS = 10_000;

    /** Statements that are sent and not answered, at most: one that Neo4j works on, and its next. */
    private static final int UNANSWERED = 2;

    private final AsyncQueryRunner transaction;
    private final Queue<CompletionStage<?>> unanswered = new ArrayDeque<>();

    Cypher(AsyncQueryRunner transaction) {
        this.transaction = transaction;
    }

    /** Sends a statement whose rows, if it has any, nobody wants. */
    void run(Statement statement, Map<String, Object> parameters) {
        send(statement, parameters, cursor -> cursor.consumeAsync());
    }

    /** Sends a statement and waits for its rows. */
    List<Record> read(Statement statement, Map<String, Object> parameters) {
        return readLater(statement, parameters).get();
    }

    /** Sends a statement; asked for its rows, as often as one likes, waits for them. */
    Supplier<List<Record>> readLater(Statement statement, Map<String, Object> parameters) {
        CompletionStage<List<Record>> rows = send(statement, parameters, cursor -> cursor.listAsync());
        return () -> {
            while (unanswered.contains(rows)) {
                Transactions.await(unanswered.remove());
            }
            return Transactions.await(rows);
        };
    }

    /**
     * Runs a statement over the list that is its parameter {@code name}, a part at a time; not at all if it is empty.
     */
    void runForAll(Statement statement, String name, Collection<?> list) {
        runForAll(statement, name, list, Map.of());
    }

    void runForAll(Statement statement, String name, Collection<?> list, Map<String, Object> parameters) {
        List<?> all = List.copyOf(list);
        for (int from = 0; from < all.size(); from += ROWS) {
            var part = new HashMap<String, Object>(parameters);
            part.put(name, all.subList(from, Math.min(from + ROWS, all.size())));
            run(statement, part);
        }
    }

    /** Waits until every statement that was sent is done. */
    void waitForAnswers() {
        waitForAnswers(0);
    }

    private void waitForAnswers(int butFor) {
        while (unanswered.size() > butFor) {
            Transactions.await(unanswered.remove());
        }
    }

    private <T> CompletionStage<T> send(
            Statement statement, Map<String, Object> parameters, Function<ResultCursor, CompletionStage<T>> answer) {
        waitForAnswers(UNANSWERED - 1);
        CompletionStage<T> sent;
        try {
            sent = transaction.runAsync(statement.cypher(), parameters).thenCompose(answer);
        } catch (TransactionTerminatedException e) {
            // One that was sent before failed meanwhile: what it failed of is the cause.
            waitForAnswers();
            throw e;
        }
        unanswered.add(sent);
        return sent;
    }
}
