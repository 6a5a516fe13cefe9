package io.github.cloudmapgraph.benchmarks.read;

import io.github.cloudmapgraph.producer.read.RecentChange;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a read takes on paper: its calls, as {@code producer/RATIONALE.md} counts them, and the time that the request
 * rates alone allow.
 */
record Expected(Map<String, Long> calls) {
    /** As the endpoint enforces it. */
    private record Rate(double perSecond, double burst) {}

    private static final Rate ONE_SERVICE = new Rate(50, 50);

    private static final Map<String, Rate> RATES = Map.of(
            "ListNamespaces", new Rate(1, 5),
            "ListServices", new Rate(2, 10),
            "DiscoverInstances", new Rate(1000, 2000));

    static Expected of(Size size, RecentChange change) {
        long services = size.services();
        Map<String, Long> calls = new TreeMap<>(Map.of(
                "ListNamespaces",
                (long) Math.ceilDiv(size.namespaces(), 100),
                "ListServices",
                size.pages(),
                "ListTagsForResource",
                services,
                "GetServiceAttributes",
                services));
        if (change instanceof RecentChange.Anywhere) {
            calls.put("ListInstances", services);
            calls.put(
                    "GetInstancesHealthStatus",
                    (long) size.namespaces() * Math.ceilDiv(size.services() / size.namespaces(), 2));
        } else {
            calls.put("DiscoverInstances", services);
        }
        return new Expected(calls);
    }

    long total() {
        return calls.values().stream().mapToLong(Long::longValue).sum();
    }

    /**
     * The longest that any operation's bucket, full at first, takes to give a token for each call: max((calls - burst)
     * / rate, 0).
     */
    Duration fastest() {
        double seconds = 0;
        for (Map.Entry<String, Long> operation : calls.entrySet()) {
            Rate rate = RATES.getOrDefault(operation.getKey(), ONE_SERVICE);
            seconds = Math.max(seconds, (operation.getValue() - rate.burst()) / rate.perSecond());
        }
        return Duration.ofNanos(Math.round(seconds * 1e9));
    }
}
