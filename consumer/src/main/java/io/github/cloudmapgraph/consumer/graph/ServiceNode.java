package io.github.cloudmapgraph.consumer.graph;

import io.github.cloudmapgraph.snapshot.Dns;
import io.github.cloudmapgraph.snapshot.HealthCheck;
import io.github.cloudmapgraph.snapshot.Service;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The properties of a {@code Service} node. */
final class ServiceNode {
    static final Set<String> OWNED = Set.of(
            "arn",
            "id",
            "name",
            "namespace",
            "namespace_arn",
            "type",
            "description",
            "scope",
            "update_id",
            "digest",
            "instance_count",
            "unresolved_dependencies",
            "dns_routing_policy",
            "dns_records",
            "health_check",
            "health_check_type",
            "health_check_path",
            "health_check_failure_threshold",
            "synced_properties");

    private ServiceNode() {}

    static Map<String, Object> properties(ServiceState state, Set<String> escaped) {
        Service service = state.service();
        Map<String, Object> properties = new TreeMap<>();
        properties.put("arn", service.arn());
        properties.put("id", service.id());
        properties.put("name", service.name());
        properties.put("namespace", state.namespace().name());
        properties.put("namespace_arn", state.namespace().arn());
        properties.put("type", service.type());
        NamespaceNode.putText(properties, "description", service.description());
        properties.put("scope", state.scope().value());
        properties.put("digest", state.digest());
        properties.put("instance_count", (long) service.instances().size());
        if (!state.dependencies().unresolved().isEmpty()) {
            properties.put("unresolved_dependencies", state.dependencies().unresolved());
        }
        service.dns().ifPresent(dns -> putDns(properties, dns));
        putHealthCheck(properties, service.healthCheck());

        var names = new PropertyNames(properties, OWNED);
        names.addTags(service.tags());
        names.addAttributes(service.attributes());
        if (!names.added().isEmpty()) {
            properties.put("synced_properties", List.copyOf(names.added()));
        }
        escaped.addAll(names.escaped());
        return properties;
    }

    private static void putDns(Map<String, Object> properties, Dns dns) {
        NamespaceNode.putText(properties, "dns_routing_policy", dns.routingPolicy());
        properties.put(
                "dns_records",
                dns.records().stream()
                        .map(record -> record.type() + " " + record.ttlSeconds())
                        .toList());
    }

    private static void putHealthCheck(Map<String, Object> properties, HealthCheck check) {
        switch (check) {
            case HealthCheck.None() -> properties.put("health_check", "NONE");
            case HealthCheck.Custom() -> properties.put("health_check", "CUSTOM");
            case HealthCheck.Route53(String type, String path, int failureThreshold) -> {
                properties.put("health_check", "ROUTE53");
                properties.put("health_check_type", type);
                NamespaceNode.putText(properties, "health_check_path", path);
                properties.put("health_check_failure_threshold", (long) failureThreshold);
            }
        }
    }
}
