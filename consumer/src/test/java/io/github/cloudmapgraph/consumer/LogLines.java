package io.github.cloudmapgraph.consumer;

import io.github.cloudmapgraph.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What log lines say, and what they measure as CloudWatch would read it. */
final class LogLines {
    private LogLines() {}

    static List<Map<String, @Nullable Object>> of(String log) {
        return log.lines().map(Json::parseObject).toList();
    }

    static Map<String, @Nullable Object> of(String log, String message) {
        return of(log).stream()
                .filter(line -> String.valueOf(line.get("message")).startsWith(message))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no line '" + message + "' in " + log));
    }

    /** Returns the metrics of a line by name and unit; none where it carries none. */
    static Map<String, Number> metrics(Map<String, @Nullable Object> line) {
        Map<String, Number> metrics = new LinkedHashMap<>();
        if (line.get("_aws") instanceof Map<?, ?> metadata
                && metadata.get("CloudWatchMetrics") instanceof List<?> directives) {
            Map<?, ?> directive = (Map<?, ?>) directives.getFirst();
            for (Object element : (List<?>) Objects.requireNonNull(directive.get("Metrics"))) {
                Map<?, ?> metric = (Map<?, ?>) element;
                metrics.put(metric.get("Name") + " " + metric.get("Unit"), (Number)
                        Objects.requireNonNull(line.get(String.valueOf(metric.get("Name")))));
            }
        }
        return metrics;
    }
}
