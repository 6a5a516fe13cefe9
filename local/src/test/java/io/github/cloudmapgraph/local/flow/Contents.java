package io.github.cloudmapgraph.local.flow;

import io.github.cloudmapgraph.snapshot.Scope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import software.amazon.awssdk.services.servicediscovery.ServiceDiscoveryClient;
import software.amazon.awssdk.services.servicediscovery.model.FilterCondition;
import software.amazon.awssdk.services.servicediscovery.model.NamespaceSummary;
import software.amazon.awssdk.services.servicediscovery.model.ServiceFilter;
import software.amazon.awssdk.services.servicediscovery.model.ServiceFilterName;
import software.amazon.awssdk.services.servicediscovery.model.ServiceSummary;
import software.amazon.awssdk.services.servicediscovery.model.Tag;

/**
 * What a registry says and what a graph says, as lines that can be compared. The registry is read through the SDK and
 * its dependencies are looked up here: nothing of the code under test is used.
 */
record Contents(SortedSet<String> lines) {
    private static final String DEPENDS_ON = "NEO4J_RELATIONSHIP_TO_SERVICE";

    /** The schema's own properties; what else a node has are tags and attributes. */
    static final Set<String> OF_SERVICES =
            Set.of(("arn id name namespace namespace_arn type description scope update_id digest instance_count"
                            + " unresolved_dependencies dns_routing_policy dns_records health_check health_check_type"
                            + " health_check_path health_check_failure_threshold synced_properties")
                    .split(" "));

    static final Set<String> OF_INSTANCES = Set.of("key name scope update_id health kind synced_properties".split(" "));

    /** One service as the registry tells of it. */
    private record Found(String namespace, ServiceSummary summary, Map<String, String> tags, Map<String, String> own) {
        String label() {
            return namespace + "/" + summary.name();
        }
    }

    static Contents ofRegistry(ServiceDiscoveryClient client) {
        SortedSet<String> lines = new TreeSet<>();
        List<Found> services = new ArrayList<>();
        for (var namespaces : client.listNamespacesPaginator()) {
            for (NamespaceSummary namespace : namespaces.namespaces()) {
                lines.add("namespace " + namespace.name() + " " + namespace.typeAsString());
                services.addAll(services(client, namespace));
            }
        }
        for (Found service : services) {
            lines.add(serviceLine(
                    service.label(), text(service.summary().description()), merged(service.tags(), service.own())));
            instances(client, service, lines);
            dependencies(services, service, lines);
        }
        return new Contents(lines);
    }

    private static List<Found> services(ServiceDiscoveryClient client, NamespaceSummary namespace) {
        var inNamespace = ServiceFilter.builder()
                .name(ServiceFilterName.NAMESPACE_ID)
                .condition(FilterCondition.EQ)
                // A shared one is known by its ARN only, one's own by either.
                .values(namespace.arn())
                .build();
        List<Found> services = new ArrayList<>();
        for (var page : client.listServicesPaginator(list -> list.filters(inNamespace))) {
            page.services()
                    .forEach(service -> services.add(
                            new Found(namespace.name(), service, tags(client, service), own(client, service))));
        }
        return services;
    }

    private static Map<String, String> tags(ServiceDiscoveryClient client, ServiceSummary service) {
        Map<String, String> tags = new TreeMap<>();
        for (Tag tag : client.listTagsForResource(list -> list.resourceARN(service.arn()))
                .tags()) {
            tags.put(tag.key(), tag.value());
        }
        return tags;
    }

    private static Map<String, String> own(ServiceDiscoveryClient client, ServiceSummary service) {
        return client.getServiceAttributes(get -> get.serviceId(service.arn()))
                .serviceAttributes()
                .attributes();
    }

    private static void instances(ServiceDiscoveryClient client, Found service, SortedSet<String> lines) {
        boolean checked = service.summary().healthCheckConfig() != null
                || service.summary().healthCheckCustomConfig() != null;
        Map<String, String> health = new HashMap<>();
        if (checked) {
            for (var page : client.getInstancesHealthStatusPaginator(
                    get -> get.serviceId(service.summary().arn()))) {
                health.putAll(page.statusAsStrings());
            }
        }
        for (var page : client.listInstancesPaginator(
                list -> list.serviceId(service.summary().arn()))) {
            page.instances()
                    .forEach(instance -> lines.add(instanceLine(
                            service.label(),
                            instance.id(),
                            health.getOrDefault(instance.id(), "NO_CHECK"),
                            new TreeMap<>(instance.attributes()))));
        }
    }

    private static void dependencies(List<Found> services, Found from, SortedSet<String> lines) {
        Map<String, List<String>> sources = new TreeMap<>();
        Map.of("tag", from.tags(), "attribute", from.own()).forEach((source, declared) -> {
            for (String target : declared.getOrDefault(DEPENDS_ON, "").split(" ", -1)) {
                if (!target.isEmpty()) {
                    String meant = meant(services, from, target);
                    if (meant.isEmpty()) {
                        lines.add("unresolved " + from.label() + " -> " + target);
                    } else {
                        sources.computeIfAbsent(meant, _ -> new ArrayList<>()).add(source);
                    }
                }
            }
        });
        sources.forEach((target, how) -> lines.add(dependencyLine(from.label(), target, how)));
    }

    private static String meant(List<Found> services, Found from, String target) {
        List<String> exact = new ArrayList<>();
        List<String> near = new ArrayList<>();
        List<String> all = new ArrayList<>();
        for (Found service : services) {
            if (target.equals(service.summary().arn()) || target.equals(service.label())) {
                exact.add(service.label());
            } else if (target.equals(service.summary().name())) {
                (service.namespace().equals(from.namespace()) ? near : all).add(service.label());
            }
        }
        List<String> meant = !exact.isEmpty() ? exact : !near.isEmpty() ? near : all;
        return meant.size() == 1 ? meant.getFirst() : "";
    }

    static Contents ofGraph(Scope scope) {
        SortedSet<String> lines = new TreeSet<>();
        var parameters = Map.<String, Object>of("scope", scope.value());
        TestServers.run("MATCH (n:Namespace {scope: $scope}) RETURN n.name AS name, n.type AS type", parameters)
                .forEach(row -> lines.add("namespace " + row.get("name").asString() + " "
                        + row.get("type").asString()));
        TestServers.run(
                        "MATCH (s:Service {scope: $scope})-[:IN_NAMESPACE]->(n:Namespace) RETURN s, n.name AS n",
                        parameters)
                .forEach(row -> {
                    Map<String, Object> service = row.get("s").asMap();
                    String label = row.get("n").asString() + "/" + service.get("name");
                    lines.add(serviceLine(label, text(service.get("description")), added(service, OF_SERVICES)));
                    if (service.get("unresolved_dependencies") instanceof List<?> unresolved) {
                        unresolved.forEach(target -> lines.add("unresolved " + label + " -> " + target));
                    }
                });
        TestServers.run(
                        "MATCH (i:Instance {scope: $scope})-[:REGISTERED]->(s:Service) RETURN i,"
                                + " s.namespace + '/' + s.name AS label",
                        parameters)
                .forEach(row -> {
                    Map<String, Object> instance = row.get("i").asMap();
                    lines.add(instanceLine(
                            row.get("label").asString(),
                            text(instance.get("name")),
                            text(instance.get("health")),
                            added(instance, OF_INSTANCES)));
                });
        TestServers.run(
                        "MATCH (a:Service {scope: $scope})-[d:DEP_ON]->(b:Service) RETURN a.namespace + '/' + a.name"
                                + " AS from, b.namespace + '/' + b.name AS to, d.sources AS sources",
                        parameters)
                .forEach(row -> lines.add(dependencyLine(
                        row.get("from").asString(),
                        row.get("to").asString(),
                        row.get("sources").asList(value -> value.asString()))));
        return new Contents(lines);
    }

    /** The lines that the other does not have. */
    SortedSet<String> without(Contents other) {
        SortedSet<String> rest = new TreeSet<>(lines);
        rest.removeAll(other.lines());
        return rest;
    }

    private static Map<String, String> added(Map<String, Object> properties, Set<String> ofSchema) {
        Map<String, String> added = new TreeMap<>();
        properties.forEach((name, value) -> {
            if (!ofSchema.contains(name)) {
                added.put(name, text(value));
            }
        });
        return added;
    }

    /** Where a tag and a service attribute have one key, the attribute's property has a prefix. */
    private static Map<String, String> merged(Map<String, String> tags, Map<String, String> attributes) {
        Map<String, String> merged = new TreeMap<>(tags);
        attributes.forEach((key, value) -> merged.put(tags.containsKey(key) ? "attribute_" + key : key, value));
        return merged;
    }

    private static String serviceLine(String label, String description, Map<String, String> added) {
        return "service " + label + " '" + description + "' " + added;
    }

    private static String instanceLine(String service, String id, String health, Map<String, String> attributes) {
        return "instance " + service + "/" + id + " " + health + " " + attributes;
    }

    private static String dependencyLine(String from, String to, List<String> sources) {
        return "dependency " + from + " -> " + to + " " + new TreeSet<>(sources);
    }

    private static String text(@org.jspecify.annotations.Nullable Object value) {
        return value == null ? "" : value.toString();
    }
}
