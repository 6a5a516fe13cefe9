package io.github.cloudmapgraph.infra;

import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The metrics that the functions write into their log lines, as their sources tell. */
final class WrittenMetrics {
    private static final Pattern NAME =
            Pattern.compile("Metric\\.(?:count|seconds|milliseconds|bytes)\\(\\s*\"([A-Z][A-Za-z]+)\"");
    private static final Pattern EVERYWHERE = Pattern.compile("String (?:NAMESPACE|DIMENSION) = \"(\\w+)\"");

    private WrittenMetrics() {}

    static Set<String> names() throws IOException {
        Set<String> names = new TreeSet<>(Sources.of("Producer").find(NAME));
        names.addAll(Sources.of("Consumer").find(NAME));
        return names;
    }

    /** Returns what every metric has: CloudWatch's namespace, and the name of the one dimension. */
    static Set<String> namespaceAndDimension() throws IOException {
        return new TreeSet<>(Sources.of("Common").find(EVERYWHERE));
    }
}
