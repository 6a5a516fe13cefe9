package io.github.cloudmapgraph.log;

import java.util.List;
import java.util.Map;

/**
 * The metrics of one log line: CloudWatch takes them from the line itself, told by its member {@code _aws} which
 * members they are.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html">
 *     Embedded metric format</a>
 */
record EmbeddedMetrics(List<Metric> metrics) {
    static final String NAMESPACE = "CloudMapGraph";

    /** The one dimension: a member of the line, whose value is text. */
    static final String DIMENSION = "scope";

    private static final int MOST = 100;

    EmbeddedMetrics {
        metrics = List.copyOf(metrics);
        if (metrics.size() > MOST) {
            throw new IllegalArgumentException(metrics.size() + " metrics on one line; CloudWatch takes " + MOST);
        }
    }

    /** Adds the values, and what tells of them, to a line that has the dimension. */
    void addTo(Map<String, ? super Object> line, long timestampMillis) {
        if (metrics.isEmpty()) {
            return;
        }
        metrics.forEach(metric -> line.put(metric.name(), metric.value()));
        line.put(
                "_aws",
                Map.of(
                        "Timestamp",
                        timestampMillis,
                        "CloudWatchMetrics",
                        List.of(Map.of(
                                "Namespace",
                                NAMESPACE,
                                "Dimensions",
                                List.of(List.of(DIMENSION)),
                                "Metrics",
                                metrics.stream()
                                        .map(EmbeddedMetrics::definition)
                                        .toList()))));
    }

    private static Map<String, String> definition(Metric metric) {
        return Map.of("Name", metric.name(), "Unit", metric.unit().apiName());
    }
}
