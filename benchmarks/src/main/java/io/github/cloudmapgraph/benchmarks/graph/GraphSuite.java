package io.github.cloudmapgraph.benchmarks.graph;

import io.github.cloudmapgraph.benchmarks.Report;
import io.github.cloudmapgraph.benchmarks.Suite;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * Updates of the graph: the consumer on a real Neo4j, over real Bolt.
 *
 * <p>The system property {@code benchmarks.graph.registries} names others than the usual sizes:
 * {@code 1000x10,10000x100}; {@code none} measures memory alone.
 */
public final class GraphSuite implements Suite {
    private static final int SERVER_HEAP_MEBIBYTES = 3072;

    private static final String ALL = "1000x10,1000x100,10000x10,10000x100,100000x10,100000x100";
    private static final String FEWER = "1000x10,10000x10,100000x100";
    private static final String NONE = "none";

    /** After which plans are cached and what matters is compiled, on both sides. */
    private static final Size WARM_UP = new Size(10_000, 10);

    private static final Size WARM_UP_OF_THE_ARTICLE = new Size(200, 10);

    @Override
    public String name() {
        return "graph";
    }

    @Override
    public String heading() {
        return "Updating the graph";
    }

    @Override
    public void run(boolean shortForm, Report report) throws IOException {
        List<Size> sizes = sizes(System.getProperty("benchmarks.graph.registries", ""), shortForm);
        if (!sizes.isEmpty()) {
            new GraphTables(measure(sizes, shortForm), sizes).write(report);
        }
        Memory.measure(report, shortForm);
    }

    private static List<Size> sizes(String registries, boolean shortForm) {
        if (registries.equals(NONE)) {
            return List.of();
        }
        String named = registries.isBlank() ? (shortForm ? FEWER : ALL) : registries;
        return Arrays.stream(named.split(",")).map(String::strip).map(Size::of).toList();
    }

    private static Measurements measure(List<Size> sizes, boolean shortForm) throws IOException {
        var measurements = new Measurements();
        try (var server = new Neo4jProcess(SERVER_HEAP_MEBIBYTES);
                var graph = new Graph(server.bolt())) {
            var rounds = new Rounds(graph, measurements, shortForm);
            for (int i = 0; i < (shortForm ? 1 : 8); i++) {
                rounds.run(WARM_UP);
                rounds.run(WARM_UP_OF_THE_ARTICLE);
            }
            measurements.forget();
            for (Size size : sizes) {
                for (int i = 0; i < (shortForm ? 1 : 5); i++) {
                    rounds.run(size);
                }
            }
        }
        return measurements;
    }
}
