package io.github.cloudmapgraph.local.flow;

import io.github.cloudmapgraph.snapshot.Scope;
import io.github.cloudmapgraph.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.neo4j.driver.Record;
import software.amazon.awssdk.services.servicediscovery.ServiceDiscoveryClient;
import software.amazon.awssdk.services.servicediscovery.model.FilterCondition;
import software.amazon.awssdk.services.servicediscovery.model.NamespaceSummary;
import software.amazon.awssdk.services.servicediscovery.model.ServiceFilter;
import software.amazon.awssdk.services.servicediscovery.model.ServiceFilterName;
import software.amazon.awssdk.services.servicediscovery.model.ServiceSummary;
import software.amazon.awssdk.services.servicediscovery.model.Tag;

/**
 * What a registry, a snapshot or a graph says, as lines that can be compared. The registry is read through the SDK and
 * its dependencies are looked up here: nothing of the code under test is used.
 */
public record Contents(SortedSet<String> lines) {
    /** What an empty one says. */
    public static final Contents NOTHING = new Contents(new TreeSet<>());

    /** How the property of a node begins that a person added: it is no part of what is compared. */
    public static final String OF_PEOPLE = "people_";

    private static final String DEPENDS_ON = "NEO4J_RELATIONSHIP_TO_SERVICE";

    /** The schema's own properties; what else a node has are tags and attributes. */
    static final Set<String> OF_SERVICES =
            Set.of(("arn id name namespace namespace_arn type description scope update_id digest instance_count"
                            + " unresolved_dependencies dns_routing_policy dns_records health_check health_check_type"
                            + " health_check_path health_check_failure_threshold synced_properties")
                    .split(" "));

    static final Set<String> OF_INSTANCES = Set.of("key name scope update_id health kind synced_properties".split(" "));

    /** One service as the registry tells of it. */
    private record Found(
            String namespace,
            String name,
            String arn,
            String description,
            Map<String, String> tags,
            Map<String, String> own,
            Consumer<Found> instances) {
        String label() {
            return namespace + "/" + name;
        }
    }

    /** Reads a registry through its API. */
    public static Contents ofRegistry(ServiceDiscoveryClient client) {
        SortedSet<String> lines = new TreeSet<>();
        List<Found> services = new ArrayList<>();
        for (var namespaces : client.listNamespacesPaginator()) {
            for (NamespaceSummary namespace : namespaces.namespaces()) {
                lines.add(namespaceLine(namespace.name(), namespace.typeAsString()));
                services.addAll(services(client, namespace, lines));
            }
        }
        return of(services, lines);
    }

    /** Says what a graph has to hold once a snapshot is applied. */
    public static Contents ofSnapshot(Snapshot snapshot) {
        SortedSet<String> lines = new TreeSet<>();
        List<Found> services = new ArrayList<>();
        for (var namespace : snapshot.registry().namespaces()) {
            lines.add(namespaceLine(namespace.name(), namespace.type()));
            for (var service : namespace.services()) {
                services.add(new Found(
                        namespace.name(),
                        service.name(),
                        service.arn(),
                        service.description(),
                        service.tags(),
                        service.attributes(),
                        found -> service.instances()
                                .forEach(instance -> lines.add(instanceLine(
                                        found.label(),
                                        instance.id(),
                                        instance.health().name(),
                                        new TreeMap<>(instance.attributes()))))));
            }
        }
        return of(services, lines);
    }

    private static Contents of(List<Found> services, SortedSet<String> lines) {
        for (Found service : services) {
            lines.add(serviceLine(service.label(), service.description(), merged(service.tags(), service.own())));
            service.instances().accept(service);
            dependencies(services, service, lines);
        }
        return new Contents(lines);
    }

    private static List<Found> services(
            ServiceDiscoveryClient client, NamespaceSummary namespace, SortedSet<String> lines) {
        var inNamespace = ServiceFilter.builder()
                .name(ServiceFilterName.NAMESPACE_ID)
                .condition(FilterCondition.EQ)
                // A shared one is known by its ARN only, one's own by either.
                .values(namespace.arn())
                .build();
        List<Found> services = new ArrayList<>();
        for (var page : client.listServicesPaginator(list -> list.filters(inNamespace))) {
            page.services()
                    .forEach(service -> services.add(new Found(
                            namespace.name(),
                            service.name(),
                            service.arn(),
                            text(service.description()),
                            tags(client, service),
                            own(client, service),
                            found -> instances(client, found, service, lines))));
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

    private static void instances(
            ServiceDiscoveryClient client, Found service, ServiceSummary summary, SortedSet<String> lines) {
        boolean checked = summary.healthCheckConfig() != null || summary.healthCheckCustomConfig() != null;
        Map<String, String> health = new HashMap<>();
        if (checked) {
            for (var page : client.getInstancesHealthStatusPaginator(get -> get.serviceId(service.arn()))) {
                health.putAll(page.statusAsStrings());
            }
        }
        for (var page : client.listInstancesPaginator(list -> list.serviceId(service.arn()))) {
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
            if (target.equals(service.arn()) || target.equals(service.label())) {
                exact.add(service.label());
            } else if (target.equals(service.name())) {
                (service.namespace().equals(from.namespace()) ? near : all).add(service.label());
            }
        }
        List<String> meant = !exact.isEmpty() ? exact : !near.isEmpty() ? near : all;
        return meant.size() == 1 ? meant.getFirst() : "";
    }

    static Contents ofGraph(Scope scope) {
        return ofGraph(scope, TestServers::run);
    }

    /** Reads a scope's part of a graph; {@code query} runs a statement with its parameters. */
    public static Contents ofGraph(Scope scope, BiFunction<String, Map<String, Object>, List<Record>> query) {
        SortedSet<String> lines = new TreeSet<>();
        var parameters = Map.<String, Object>of("scope", scope.value());
        query.apply("MATCH (n:Namespace {scope: $scope}) RETURN n.name AS name, n.type AS type", parameters)
                .forEach(row -> lines.add(namespaceLine(
                        row.get("name").asString(), row.get("type").asString())));
        query.apply(
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
        query.apply(
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
        query.apply(
                        "MATCH (a:Service {scope: $scope})-[d:DEP_ON]->(b:Service) RETURN a.namespace + '/' + a.name"
                                + " AS from, b.namespace + '/' + b.name AS to, d.sources AS sources",
                        parameters)
                .forEach(row -> lines.add(dependencyLine(
                        row.get("from").asString(),
                        row.get("to").asString(),
                        // None where somebody drew it, or where an update is just being committed.
                        row.get("sources").asList(value -> value.asString(), List.of()))));
        return new Contents(lines);
    }

    /** The lines that the other does not have. */
    public SortedSet<String> without(Contents other) {
        SortedSet<String> rest = new TreeSet<>(lines);
        rest.removeAll(other.lines());
        return rest;
    }

    private static Map<String, String> added(Map<String, Object> properties, Set<String> ofSchema) {
        Map<String, String> added = new TreeMap<>();
        properties.forEach((name, value) -> {
            if (!ofSchema.contains(name) && !name.startsWith(OF_PEOPLE)) {
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

    private static String namespaceLine(String name, String type) {
        return "namespace " + name + " " + type;
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
