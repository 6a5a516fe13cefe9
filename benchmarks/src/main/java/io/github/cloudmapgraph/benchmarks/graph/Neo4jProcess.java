package io.github.cloudmapgraph.benchmarks.graph;

import io.github.cloudmapgraph.benchmarks.ChildJvm;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** A Neo4j server in a JVM of its own, on a directory that goes with it. */
final class Neo4jProcess implements AutoCloseable {
    private final Path directory;
    private final ChildJvm jvm;
    private final URI bolt;

    /** Starts it with a heap of that size. */
    Neo4jProcess(int heapMebibytes) throws IOException {
        directory = Files.createTempDirectory("benchmark-neo4j");
        String heap = heapMebibytes + "m";
        jvm = new ChildJvm(List.of("-Xms" + heap, "-Xmx" + heap), Map.of(), Neo4jMain.class, directory.toString());
        bolt = URI.create("bolt://127.0.0.1:" + jvm.lineAfter(Neo4jMain.READY));
    }

    URI bolt() {
        return bolt;
    }

    @Override
    public void close() throws IOException {
        jvm.close();
        List<Path> deepestFirst;
        try (var paths = Files.walk(directory)) {
            deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : deepestFirst) {
            Files.delete(path);
        }
    }
}
