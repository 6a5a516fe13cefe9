package io.github.cloudmapgraph.consumer.graph;

import io.github.cloudmapgraph.snapshot.Namespace;
import io.github.cloudmapgraph.snapshot.Scope;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The properties of a {@code Namespace} node. */
final class NamespaceNode {
    static final Set<String> OWNED = Set.of(
            "arn",
            "id",
            "name",
            "type",
            "description",
            "owner",
            "http_name",
            "hosted_zone_id",
            "scope",
            "update_id",
            "updating");

    private NamespaceNode() {}

    static Map<String, Object> properties(Namespace namespace, Scope scope) {
        Map<String, Object> properties = new TreeMap<>();
        properties.put("arn", namespace.arn());
        properties.put("id", namespace.id());
        properties.put("name", namespace.name());
        properties.put("type", namespace.type());
        putText(properties, "description", namespace.description());
        properties.put("owner", namespace.owner());
        putText(properties, "http_name", namespace.httpName());
        putText(properties, "hosted_zone_id", namespace.hostedZoneId());
        properties.put("scope", scope.value());
        return properties;
    }

    static void putText(Map<String, Object> properties, String name, String value) {
        if (!value.isEmpty()) {
            properties.put(name, value);
        }
    }
}
