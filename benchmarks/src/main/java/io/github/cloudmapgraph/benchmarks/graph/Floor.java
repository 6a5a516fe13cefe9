package io.github.cloudmapgraph.benchmarks.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.neo4j.driver.TransactionContext;

/**
 * The least that writing a graph takes: one transaction that creates nodes and relationships and looks at nothing. Its
 * rows are those that the graph holds when it is asked for, property for property.
 */
final class Floor {
    private static final String NAMESPACES = Cypher.load("floor/create-namespaces");
    private static final String SERVICES = Cypher.load("floor/create-services");
    private static final String INSTANCES = Cypher.load("floor/create-instances");
    private static final String DEPENDENCIES = Cypher.load("floor/create-dependencies");

    private final Graph graph;

    Floor(Graph graph) {
        this.graph = graph;
    }

    /** Reads what the graph holds now; what it returns writes that into an empty one. */
    Runnable load() {
        List<Map<String, Object>> namespaces = rows("MATCH (n:Namespace) RETURN {set: properties(n)} AS row");
        List<Map<String, Object>> services = rows("""
            MATCH (n:Service)-[:IN_NAMESPACE]->(m) WITH * ORDER BY n.arn
            RETURN {parent: m.arn, set: properties(n)} AS row\
            """);
        List<Map<String, Object>> instances = rows("""
            MATCH (n:Instance)-[:REGISTERED]->(m) WITH * ORDER BY n.key
            RETURN {parent: m.arn, set: properties(n)} AS row\
            """);
        List<Map<String, Object>> dependencies = rows("""
            MATCH (n:Service)-[r:DEP_ON]->(m)
            RETURN {arn: n.arn, target: m.arn, sources: r.sources} AS row\
            """);
        return () -> graph.write(transaction -> {
            create(transaction, NAMESPACES, namespaces);
            create(transaction, SERVICES, services);
            create(transaction, INSTANCES, instances);
            create(transaction, DEPENDENCIES, dependencies);
        });
    }

    private List<Map<String, Object>> rows(String cypher) {
        List<Map<String, Object>> rows = new ArrayList<>();
        graph.read(cypher).forEach(record -> rows.add(record.get("row").asMap()));
        return rows;
    }

    private static void create(TransactionContext transaction, String statement, List<Map<String, Object>> rows) {
        for (int from = 0; from < rows.size(); from += Cypher.ROWS) {
            transaction
                    .run(statement, Map.of("rows", rows.subList(from, Math.min(from + Cypher.ROWS, rows.size()))))
                    .consume();
        }
    }
}
