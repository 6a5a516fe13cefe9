package io.github.cloudmapgraph.benchmarks.graph;

import io.github.cloudmapgraph.snapshot.Instance;
import io.github.cloudmapgraph.snapshot.Namespace;
import io.github.cloudmapgraph.snapshot.Registry;
import io.github.cloudmapgraph.snapshot.Service;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A registry as the rows that other ways of writing it are given, each row with the key of a node, its properties and
 * the key of the node that it belongs to. What only this project's sync writes (digest, kind, ...) is not in them.
 */
record Rows(
        List<Map<String, Object>> namespaces,
        List<Map<String, Object>> services,
        List<Map<String, Object>> instances,
        List<Map<String, Object>> dependencies) {
    static Rows of(Registry registry) {
        var rows = new Rows(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        Map<String, String> arns = new HashMap<>();
        for (Namespace namespace : registry.namespaces()) {
            namespace.services().forEach(service -> arns.put(service.name(), service.arn()));
        }
        for (Namespace namespace : registry.namespaces()) {
            rows.add(namespace, arns);
        }
        return rows;
    }

    private void add(Namespace namespace, Map<String, String> arns) {
        namespaces.add(Map.of(
                "key",
                namespace.arn(),
                "properties",
                Map.of(
                        "id", namespace.id(),
                        "name", namespace.name(),
                        "type", namespace.type(),
                        "scope", Registries.SCOPE.value())));
        for (Service service : namespace.services()) {
            Map<String, Object> properties = new HashMap<>(service.tags());
            properties.put("id", service.id());
            properties.put("name", service.name());
            properties.put("namespace", namespace.name());
            properties.put("type", service.type());
            properties.put("description", service.description());
            properties.put("scope", Registries.SCOPE.value());
            services.add(Map.of("key", service.arn(), "parent", namespace.arn(), "properties", properties));
            service.instances().forEach(instance -> instances.add(row(service, instance)));
            String targets = service.tags().getOrDefault("NEO4J_RELATIONSHIP_TO_SERVICE", "");
            for (String target : targets.split(" ", -1)) {
                dependencies.add(Map.of("key", service.arn(), "target", arns.getOrDefault(target, "")));
            }
        }
    }

    private static Map<String, Object> row(Service service, Instance instance) {
        Map<String, Object> properties = new HashMap<>(instance.attributes());
        properties.put("name", instance.id());
        properties.put("health", instance.health().name());
        properties.put("scope", Registries.SCOPE.value());
        return Map.of("key", service.arn() + "/" + instance.id(), "parent", service.arn(), "properties", properties);
    }
}
