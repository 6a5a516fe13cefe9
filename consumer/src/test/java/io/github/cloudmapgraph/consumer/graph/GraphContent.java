package io.github.cloudmapgraph.consumer.graph;

import static io.github.cloudmapgraph.consumer.graph.ChangingRegistry.DEPENDS_ON;

import io.github.cloudmapgraph.snapshot.HealthCheck;
import io.github.cloudmapgraph.snapshot.Instance;
import io.github.cloudmapgraph.snapshot.Namespace;
import io.github.cloudmapgraph.snapshot.Registry;
import io.github.cloudmapgraph.snapshot.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a graph holds, or has to hold: nodes with their properties by label and key, relationships as text.
 *
 * <p>{@link #of} works it out from the documented schema alone, with no line of the code under test, and in the
 * simplest way that can be thought of.
 */
record GraphContent(Map<String, Map<String, Object>> nodes, Set<String> relationships) {
    private static final Set<String> SERVICE_PROPERTIES = Set.of(
            "arn id name namespace namespace_arn type description scope update_id digest instance_count".split(" "));
    private static final Set<String> INSTANCE_PROPERTIES =
            Set.of("key name scope update_id health kind synced_properties".split(" "));

    static GraphContent of(Registry registry, String scope, Set<String> foreign) {
        var content = new GraphContent(new TreeMap<>(), new TreeSet<>());
        for (Namespace namespace : registry.namespaces()) {
            content.node(
                    "Namespace",
                    namespace.arn(),
                    Map.of(
                            "arn", namespace.arn(),
                            "id", namespace.id(),
                            "name", namespace.name(),
                            "type", namespace.type(),
                            "description", namespace.description(),
                            "owner", namespace.owner(),
                            "http_name", namespace.httpName(),
                            "scope", scope));
            for (Service service : namespace.services()) {
                content.service(registry, namespace, service, scope, foreign);
            }
        }
        return content;
    }

    private void service(Registry registry, Namespace namespace, Service service, String scope, Set<String> foreign) {
        Map<String, Object> properties = new TreeMap<>(Map.of(
                "arn", service.arn(),
                "id", service.id(),
                "name", service.name(),
                "namespace", namespace.name(),
                "namespace_arn", namespace.arn(),
                "type", service.type(),
                "description", service.description(),
                "scope", scope,
                "instance_count", (long) service.instances().size()));
        service.dns().ifPresent(dns -> {
            properties.put("dns_routing_policy", dns.routingPolicy());
            List<String> records = new ArrayList<>();
            dns.records().forEach(record -> records.add(record.type() + " " + record.ttlSeconds()));
            properties.put("dns_records", records);
        });
        switch (service.healthCheck()) {
            case HealthCheck.None _ -> properties.put("health_check", "NONE");
            case HealthCheck.Custom _ -> properties.put("health_check", "CUSTOM");
            case HealthCheck.Route53 check -> {
                properties.put("health_check", "ROUTE53");
                properties.put("health_check_type", check.type());
                properties.put("health_check_path", check.path());
                properties.put("health_check_failure_threshold", (long) check.failureThreshold());
            }
        }
        var own = new TreeMap<String, Object>();
        service.tags().forEach((key, value) -> own.put(prefixed(key, SERVICE_PROPERTIES) ? "tag_" + key : key, value));
        service.attributes()
                .forEach((key, value) -> own.put(
                        prefixed(key, SERVICE_PROPERTIES) || service.tags().containsKey(key) ? "attribute_" + key : key,
                        value));

        Map<String, List<String>> sources = new TreeMap<>();
        Set<String> unresolved = new TreeSet<>();
        dependencies(registry, namespace, service.tags(), foreign, "tag", sources, unresolved);
        dependencies(registry, namespace, service.attributes(), foreign, "attribute", sources, unresolved);
        sources.forEach((target, how) -> relationships.add("%s DEP_ON %s %s".formatted(service.arn(), target, how)));
        if (!unresolved.isEmpty()) {
            properties.put("unresolved_dependencies", List.copyOf(unresolved));
        }
        node("Service", service.arn(), properties, own);
        relationships.add(service.arn() + " IN_NAMESPACE " + namespace.arn());
        service.instances().forEach(instance -> instance(service, instance, scope));
    }

    private void instance(Service service, Instance instance, String scope) {
        String key = service.arn() + "/" + instance.id();
        Map<String, Object> properties = new TreeMap<>(Map.of(
                "key", key,
                "name", instance.id(),
                "scope", scope,
                "health", instance.health().toString(),
                "kind", kind(instance.attributes())));
        var own = new TreeMap<String, Object>();
        instance.attributes()
                .forEach((name, value) ->
                        own.put(prefixed(name, INSTANCE_PROPERTIES) ? "attribute_" + name : name, value));
        node("Instance", key, properties, own);
        relationships.add(key + " REGISTERED " + service.arn());
    }

    private static String kind(Map<String, String> attributes) {
        if (attributes.containsKey("AWS_EC2_INSTANCE_ID")) {
            return "ec2";
        }
        if (attributes.containsKey("AWS_INSTANCE_IPV4")) {
            return "ip";
        }
        return attributes.values().stream().anyMatch(value -> value.startsWith("arn:aws:lambda:")) ? "lambda" : "other";
    }

    private static boolean prefixed(String key, Set<String> taken) {
        return key.startsWith("attribute_") || key.startsWith("tag_") || taken.contains(key);
    }

    private static void dependencies(
            Registry registry,
            Namespace from,
            Map<String, String> declared,
            Set<String> foreign,
            String source,
            Map<String, List<String>> sources,
            Set<String> unresolved) {
        for (String target : declared.getOrDefault(DEPENDS_ON, "").split(" ", -1)) {
            if (target.isEmpty()) {
                continue;
            }
            Set<String> near = new TreeSet<>();
            Set<String> anywhere = new TreeSet<>();
            for (Namespace namespace : registry.namespaces()) {
                for (Service service : namespace.services()) {
                    if (target.equals(service.arn()) || target.equals(namespace.name() + "/" + service.name())) {
                        near.add(service.arn());
                    } else if (target.equals(service.name())) {
                        (namespace.equals(from) ? near : anywhere).add(service.arn());
                    }
                }
            }
            if (foreign.contains(target)) {
                near.add(target);
            }
            Set<String> meant = near.isEmpty() ? anywhere : near;
            if (meant.size() == 1) {
                List<String> how = sources.computeIfAbsent(meant.iterator().next(), _ -> new ArrayList<>());
                if (!how.contains(source)) {
                    how.add(source);
                }
            } else {
                unresolved.add(target);
            }
        }
    }

    /** Properties of the sync that are empty are left out; Cloud Map's attributes are kept as they are. */
    private void node(String label, String key, Map<String, Object> properties, Map<String, Object> own) {
        Map<String, Object> all = new TreeMap<>(properties);
        all.values().removeIf(""::equals);
        all.putAll(own);
        nodes.put(label + " " + key, all);
    }

    private void node(String label, String key, Map<String, Object> properties) {
        node(label, key, properties, Map.of());
    }
}
