package io.github.cloudmapgraph.benchmarks.graph;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The statements of the ways that are compared, each a resource. */
final class Cypher {
    /** What inventory tools send at a time, and the consumer too. */
    static final int ROWS = 10_000;

    private Cypher() {}

    static String load(String resource) {
        try (InputStream in = Cypher.class.getResourceAsStream(resource + ".cypher")) {
            if (in == null) {
                throw new IllegalStateException("there is no statement " + resource);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
