package io.github.cloudmapgraph.snapshot;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One service with everything that the graph holds of it.
 *
 * @param type {@code HTTP}, {@code DNS_HTTP} or {@code DNS}; a value that Cloud Map adds later is kept as it is
 * @param description empty where there is none
 * @param attributes its service attributes, at most 30
 */
public record Service(
        String arn,
        String id,
        String name,
        String type,
        String description,
        Optional<Dns> dns,
        HealthCheck healthCheck,
        Map<String, String> tags,
        Map<String, String> attributes,
        List<Instance> instances) {
    public Service {
        tags = Map.copyOf(tags);
        attributes = Map.copyOf(attributes);
        instances = List.copyOf(instances);
    }
}
