package io.github.cloudmapgraph.consumer.graph;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.neo4j.driver.Record;
import org.neo4j.driver.TransactionContext;

/** Runs statements in one transaction. */
final class Cypher {
    /** Rows that one statement gets at most: bounds what the driver and the server hold of it at a time. */
    private static final int ROWS = 10_000;

    private final TransactionContext transaction;

    Cypher(TransactionContext transaction) {
        this.transaction = transaction;
    }

    void run(Statement statement, Map<String, Object> parameters) {
        transaction.run(statement.cypher(), parameters).consume();
    }

    List<Record> read(Statement statement, Map<String, Object> parameters) {
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
