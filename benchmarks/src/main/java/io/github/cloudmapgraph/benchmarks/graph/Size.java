package io.github.cloudmapgraph.benchmarks.graph;

import java.util.Locale;

/** How large a registry is. */
record Size(int instances, int instancesPerService) {
    /** Reads {@code 1000x10}: 1,000 instances, 10 a service. */
    static Size of(String text) {
        String[] parts = text.split("x", 2);
        return new Size(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
    }

    int services() {
        return instances / instancesPerService;
    }

    String text() {
        return String.format(Locale.ROOT, "%,d, %d a service", instances, instancesPerService);
    }
}
