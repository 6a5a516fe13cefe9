package io.github.cloudmapgraph.benchmarks.graph;

import io.github.cloudmapgraph.benchmarks.Report;
import io.github.cloudmapgraph.benchmarks.Suite;

/** Updates of the graph: the consumer on a real Neo4j, over real Bolt. */
public final class GraphSuite implements Suite {
    @Override
    public String name() {
        return "graph";
    }

    @Override
    public String heading() {
        return "Updating the graph";
    }

    @Override
    public void run(boolean shortForm, Report report) {
        report.paragraph("Not measured yet.");
    }
}
