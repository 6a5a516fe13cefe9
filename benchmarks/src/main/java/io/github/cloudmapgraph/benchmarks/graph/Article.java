package io.github.cloudmapgraph.benchmarks.graph;

import io.github.cloudmapgraph.snapshot.Registry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.neo4j.driver.Session;

/**
 * The article's algorithm: for each node a query to find it, one to save it and one to connect it, each committed by
 * itself; then everything without the update's id is deleted. With this project's keys and constraints, so no query
 * searches.
 */
final class Article implements Contender {
    private record Kind(String find, String create, String update, String cleanUp) {
        static Kind of(String name) {
            return new Kind(
                    Cypher.load("article/find-" + name),
                    Cypher.load("article/create-" + name),
                    Cypher.load("article/update-" + name),
                    Cypher.load("article/clean-up-" + name));
        }
    }

    private static final Kind NAMESPACE = Kind.of("namespace");
    private static final Kind SERVICE = Kind.of("service");
    private static final Kind INSTANCE = Kind.of("instance");
    private static final String CONNECT_SERVICE = Cypher.load("article/connect-service");
    private static final String CONNECT_INSTANCE = Cypher.load("article/connect-instance");
    private static final String CONNECT_DEPENDENCY = Cypher.load("article/connect-dependency");

    private final Graph graph;

    Article(Graph graph) {
        this.graph = graph;
    }

    @Override
    public String name() {
        return "the article's algorithm";
    }

    @Override
    public Runnable update(Registry registry) {
        Rows rows = Rows.of(registry);
        String updateId = UUID.randomUUID().toString();
        return () -> {
            try (Session session = graph.driver().session()) {
                rows.namespaces().forEach(row -> save(session, NAMESPACE, row, updateId));
                for (Map<String, Object> row : rows.services()) {
                    save(session, SERVICE, row, updateId);
                    connect(session, CONNECT_SERVICE, row);
                }
                for (Map<String, Object> row : rows.instances()) {
                    save(session, INSTANCE, row, updateId);
                    connect(session, CONNECT_INSTANCE, row);
                }
                rows.dependencies()
                        .forEach(row -> session.run(CONNECT_DEPENDENCY, row).consume());
                for (Kind kind : List.of(INSTANCE, SERVICE, NAMESPACE)) {
                    run(session, kind.cleanUp(), Map.of("scope", Registries.SCOPE.value()), updateId);
                }
            }
        };
    }

    private static void save(Session session, Kind kind, Map<String, Object> row, String updateId) {
        boolean found = session.run(kind.find(), Map.of("key", row.get("key"))).hasNext();
        run(session, found ? kind.update() : kind.create(), row, updateId);
    }

    private static void connect(Session session, String statement, Map<String, Object> row) {
        session.run(statement, Map.of("key", row.get("key"), "parent", row.get("parent")))
                .consume();
    }

    private static void run(Session session, String statement, Map<String, Object> row, String updateId) {
        var parameters = new HashMap<>(row);
        parameters.put("update_id", updateId);
        session.run(statement, parameters).consume();
    }
}
