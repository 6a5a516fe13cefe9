package io.github.cloudmapgraph.benchmarks.graph;

import io.github.cloudmapgraph.benchmarks.ChildJvm;
import io.github.cloudmapgraph.benchmarks.TemporaryDirectory;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;

/** A Neo4j server in a JVM of its own, on a directory that goes with it. */
final class Neo4jProcess implements AutoCloseable {
    private final TemporaryDirectory directory;
    private final ChildJvm jvm;
    private final URI bolt;

    /** Starts it with a heap of that size. */
    Neo4jProcess(int heapMebibytes) throws IOException {
        directory = TemporaryDirectory.create("benchmark-neo4j");
        String heap = heapMebibytes + "m";
        jvm = new ChildJvm(
                List.of("-Xms" + heap, "-Xmx" + heap),
                Map.of(),
                Neo4jMain.class,
                directory.path().toString());
        bolt = URI.create("bolt://127.0.0.1:" + jvm.lineAfter(Neo4jMain.READY));
    }

    URI bolt() {
        return bolt;
    }

    @Override
    public void close() throws IOException {
        jvm.close();
        directory.close();
    }
}
