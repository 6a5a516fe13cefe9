package io.github.cloudmapgraph.benchmarks.graph;

import io.github.cloudmapgraph.snapshot.Registry;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Batched mark and sweep, as inventory tools do it: each batch of rows is merged and stamped in a transaction of its
 * own, then what has no stamp is deleted, batch by batch.
 *
 * @see <a
 *     href="https://github.com/cartography-cncf/cartography/blob/master/cartography/client/core/tx.py">Cartography's
 *     load and cleanup</a>
 */
final class MarkAndSweep implements Contender {
    private static final String NAMESPACES = Cypher.load("mark-and-sweep/merge-namespaces");
    private static final String SERVICES = Cypher.load("mark-and-sweep/merge-services");
    private static final String INSTANCES = Cypher.load("mark-and-sweep/merge-instances");
    private static final String DEPENDENCIES = Cypher.load("mark-and-sweep/merge-dependencies");

    private static final List<String> CLEANUP = List.of(
            Cypher.load("mark-and-sweep/clean-up-instances"),
            Cypher.load("mark-and-sweep/clean-up-registered"),
            Cypher.load("mark-and-sweep/clean-up-services"),
            Cypher.load("mark-and-sweep/clean-up-in-namespace"),
            Cypher.load("mark-and-sweep/clean-up-dependencies"),
            Cypher.load("mark-and-sweep/clean-up-namespaces"));

    private final Graph graph;

    MarkAndSweep(Graph graph) {
        this.graph = graph;
    }

    @Override
    public String name() {
        return "batched mark and sweep";
    }

    @Override
    public Runnable update(Registry registry) {
        Rows rows = Rows.of(registry);
        String updateId = UUID.randomUUID().toString();
        return () -> {
            load(NAMESPACES, rows.namespaces(), updateId);
            load(SERVICES, rows.services(), updateId);
            load(INSTANCES, rows.instances(), updateId);
            load(DEPENDENCIES, rows.dependencies(), updateId);
            CLEANUP.forEach(statement -> cleanUp(statement, updateId));
        };
    }

    private void load(String statement, List<Map<String, Object>> rows, String updateId) {
        for (int from = 0; from < rows.size(); from += Cypher.ROWS) {
            List<Map<String, Object>> batch = rows.subList(from, Math.min(from + Cypher.ROWS, rows.size()));
            graph.write(transaction -> transaction
                    .run(statement, Map.of("rows", batch, "update_id", updateId))
                    .consume());
        }
    }

    private void cleanUp(String statement, String updateId) {
        boolean more = true;
        while (more) {
            more = graph.writeAndCount(
                            statement,
                            Map.of("update_id", updateId, "scope", Registries.SCOPE.value(), "limit", Cypher.ROWS))
                    == Cypher.ROWS;
        }
    }
}
