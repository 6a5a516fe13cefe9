package io.github.cloudmapgraph.consumer.graph;

import io.github.cloudmapgraph.snapshot.Instance;
import io.github.cloudmapgraph.snapshot.Scope;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The properties of an {@code Instance} node. */
final class InstanceNode {
    static final Set<String> OWNED = Set.of("key", "name", "scope", "update_id", "health", "kind", "synced_properties");

    private InstanceNode() {}

    static String key(String serviceArn, Instance instance) {
        return serviceArn + "/" + instance.id();
    }

    /** The ARN of the service that a key belongs to: an instance's id may hold a slash, the ARN holds just one. */
    static String serviceArn(String key) {
        int slash = key.indexOf('/', key.indexOf('/') + 1);
        return slash < 0 ? key : key.substring(0, slash);
    }

    static Map<String, Object> properties(String serviceArn, Instance instance, Scope scope, Set<String> escaped) {
        Map<String, Object> properties = new TreeMap<>();
        properties.put("key", key(serviceArn, instance));
        properties.put("name", instance.id());
        properties.put("scope", scope.value());
        properties.put("health", instance.health().name());
        properties.put("kind", InstanceKind.of(instance.attributes()));
        var names = new PropertyNames(properties, OWNED);
        names.addAttributes(instance.attributes());
        if (!names.added().isEmpty()) {
            properties.put("synced_properties", List.copyOf(names.added()));
        }
        escaped.addAll(names.escaped());
        return properties;
    }
}
