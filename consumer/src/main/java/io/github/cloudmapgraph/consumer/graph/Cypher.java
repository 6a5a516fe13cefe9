package io.github.cloudmapgraph.consumer.graph;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.neo4j.driver.Record;
import org.neo4j.driver.TransactionContext;

/** Runs statements in one transaction, one after the other; for use by one thread. */
final class Cypher implements AutoCloseable {
    /** Rows that one statement gets at most: bounds what the driver and the server hold of it at a time. */
    private static final int ROWS = 10_000;

    private final TransactionContext transaction;

    /** What runs while the caller goes on. */
    private @Nullable Background<?> behind;

    Cypher(TransactionContext transaction) {
        this.transaction = transaction;
    }

    /**
     * Runs statements while the caller goes on, as to prepare the next rows while Neo4j writes these. Whatever comes
     * next waits for them, and throws what they threw; {@link #close} at the latest.
     */
    void runBehind(Consumer<Cypher> statements) {
        waitForBehind();
        behind = Background.start(() -> {
            statements.accept(new Cypher(transaction));
            return true;
        });
    }

    /** Reads while the caller goes on; asked for what was read, it waits, and throws what the reading threw. */
    <T> Supplier<T> readBehind(Function<Cypher, T> statements) {
        waitForBehind();
        Background<T> reading = Background.start(() -> statements.apply(new Cypher(transaction)));
        behind = reading;
        return () -> {
            // Waited for here, so that closing does not throw the same failure a second time.
            waitForBehind();
            return reading.result();
        };
    }

    private void waitForBehind() {
        Background<?> waitedFor = behind;
        behind = null;
        if (waitedFor != null) {
            waitedFor.result();
        }
    }

    /** Waits until no statement runs any more: nothing else may be done with the transaction before. */
    @Override
    public void close() {
        waitForBehind();
    }

    void run(Statement statement, Map<String, Object> parameters) {
        waitForBehind();
        transaction.run(statement.cypher(), parameters).consume();
    }

    List<Record> read(Statement statement, Map<String, Object> parameters) {
        waitForBehind();
        return transaction.run(statement.cypher(), parameters).list();
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
}
