package io.github.cloudmapgraph.consumer.graph;

import static io.github.cloudmapgraph.consumer.graph.Registries.ACCOUNT;
import static io.github.cloudmapgraph.consumer.graph.Registries.arn;

import io.github.cloudmapgraph.snapshot.Dns;
import io.github.cloudmapgraph.snapshot.DnsRecord;
import io.github.cloudmapgraph.snapshot.Health;
import io.github.cloudmapgraph.snapshot.HealthCheck;
import io.github.cloudmapgraph.snapshot.Instance;
import io.github.cloudmapgraph.snapshot.Namespace;
import io.github.cloudmapgraph.snapshot.Registry;
import io.github.cloudmapgraph.snapshot.Service;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A registry that changes at random; the same seed gives the same changes. The pools are small, so that names come
 * back, collide and are ambiguous.
 */
final class ChangingRegistry {
    static final String DEPENDS_ON = "NEO4J_RELATIONSHIP_TO_SERVICE";
    static final String FOREIGN = "arn:aws:servicediscovery:eu-west-1:444455556666:service/srv-theirs";

    private static final List<String> NAMESPACES = List.of("alpha", "beta", "gamma");
    private static final List<String> SERVICES = List.of("a", "b", "c", "d", "e");
    private static final List<String> INSTANCES = List.of("i-1", "i-2", "i/3", "i-4", "i-5");
    private static final List<String> KEYS = List.of(
            "stage",
            "version",
            "name",
            "key",
            "arn",
            "health",
            "description",
            "attribute_stage",
            "tag_team",
            "weird `key`",
            "AWS_INSTANCE_IPV4",
            "AWS_EC2_INSTANCE_ID",
            "target");
    private static final List<String> VALUES =
            List.of("", "dev", "1.0.0", "\"quoted\"", "漢字", "arn:aws:lambda:eu-west-1:111122223333:function:mail");
    private static final List<String> TARGETS = List.of(
            "a",
            "b",
            "c",
            "d",
            "alpha/a",
            "beta/a",
            "gamma/b",
            "nobody",
            "alpha/nobody",
            "nowhere/a",
            arn("alpha-a-0"),
            arn("beta-b-1"),
            arn("gone"),
            FOREIGN);

    private final Random random;
    private final SortedMap<String, SortedMap<String, Service>> services = new TreeMap<>();
    private final Map<String, String> descriptions = new HashMap<>();

    ChangingRegistry(long seed) {
        random = new Random(seed);
    }

    Registry registry() {
        List<Namespace> namespaces = new ArrayList<>();
        services.forEach((name, content) -> namespaces.add(new Namespace(
                "arn:aws:servicediscovery:eu-west-1:" + ACCOUNT + ":namespace/ns-" + name,
                "ns-" + name,
                name,
                "HTTP",
                descriptions.getOrDefault(name, ""),
                ACCOUNT,
                name,
                "",
                List.copyOf(content.values()))));
        return new Registry(namespaces, List.of());
    }

    /** Changes one to four things. */
    void edit() {
        for (int edits = 1 + random.nextInt(4); edits > 0; edits--) {
            editOnce();
        }
    }

    private void editOnce() {
        switch (random.nextInt(20)) {
            case 0 -> services.remove(one(NAMESPACES));
            case 1 -> descriptions.put(one(NAMESPACES), one(VALUES));
            case 2, 3 -> services.computeIfAbsent(one(NAMESPACES), _ -> new TreeMap<>());
            case 4, 5, 6, 7 -> addService();
            case 8 ->
                services.computeIfAbsent(one(NAMESPACES), _ -> new TreeMap<>()).remove(one(SERVICES));
            case 9, 10 -> change(s -> with(s, s.description(), random(s.tags()), s.attributes(), s.instances()));
            case 11 -> change(s -> with(s, s.description(), s.tags(), random(s.attributes()), s.instances()));
            case 12, 13 -> change(s -> with(s, s.description(), depending(s.tags()), s.attributes(), s.instances()));
            case 14 -> change(s -> with(s, s.description(), s.tags(), depending(s.attributes()), s.instances()));
            case 15 -> change(s -> with(s, one(VALUES), s.tags(), s.attributes(), s.instances()));
            default -> change(s -> with(s, s.description(), s.tags(), s.attributes(), changedInstances(s)));
        }
    }

    private void addService() {
        String namespace = one(NAMESPACES);
        String name = one(SERVICES);
        // A service that is made anew has another id, or, loaded from a file, the same.
        String id = namespace + "-" + name + "-" + random.nextInt(2);
        services.computeIfAbsent(namespace, _ -> new TreeMap<>())
                .putIfAbsent(
                        name,
                        new Service(
                                arn(id),
                                "srv-" + id,
                                name,
                                "HTTP",
                                "",
                                dns(),
                                healthCheck(),
                                depending(Map.of()),
                                Map.of(),
                                List.of()));
    }

    private void change(java.util.function.UnaryOperator<Service> change) {
        services.computeIfPresent(one(NAMESPACES), (_, content) -> {
            content.computeIfPresent(one(SERVICES), (_, service) -> change.apply(service));
            return content;
        });
    }

    private Service with(
            Service service,
            String description,
            Map<String, String> tags,
            Map<String, String> attributes,
            List<Instance> instances) {
        boolean settings = random.nextInt(4) == 0;
        return new Service(
                service.arn(),
                service.id(),
                service.name(),
                service.type(),
                description,
                settings ? dns() : service.dns(),
                settings ? healthCheck() : service.healthCheck(),
                tags,
                attributes,
                instances);
    }

    private List<Instance> changedInstances(Service service) {
        Map<String, Instance> instances = new TreeMap<>();
        service.instances().forEach(instance -> instances.put(instance.id(), instance));
        for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
            String id = one(INSTANCES);
            if (random.nextInt(3) == 0) {
                instances.remove(id);
            } else {
                instances.put(id, new Instance(id, one(List.of(Health.values())), random(Map.of())));
            }
        }
        return List.copyOf(instances.values());
    }

    private Optional<Dns> dns() {
        return random.nextBoolean()
                ? Optional.empty()
                : Optional.of(new Dns("MULTIVALUE", List.of(new DnsRecord("A", 60 + random.nextInt(2)))));
    }

    private HealthCheck healthCheck() {
        return switch (random.nextInt(3)) {
            case 0 -> new HealthCheck.None();
            case 1 -> new HealthCheck.Custom();
            default -> new HealthCheck.Route53("HTTP", random.nextBoolean() ? "/" : "", 1 + random.nextInt(3));
        };
    }

    /** Other keys and values; a dependency that is declared there stays. */
    private Map<String, String> random(Map<String, String> before) {
        Map<String, String> map = new HashMap<>();
        for (int keys = random.nextInt(4); keys > 0; keys--) {
            map.put(one(KEYS), one(VALUES));
        }
        if (before.containsKey(DEPENDS_ON)) {
            map.put(DEPENDS_ON, before.getOrDefault(DEPENDS_ON, ""));
        }
        return map;
    }

    private Map<String, String> depending(Map<String, String> before) {
        Map<String, String> map = new HashMap<>(before);
        if (random.nextInt(4) == 0) {
            map.remove(DEPENDS_ON);
        } else {
            map.put(
                    DEPENDS_ON,
                    random.ints(random.nextInt(4), 0, TARGETS.size())
                            .mapToObj(TARGETS::get)
                            .collect(Collectors.joining(random.nextBoolean() ? " " : "  ")));
        }
        return map;
    }

    private <T> T one(List<T> pool) {
        return pool.get(random.nextInt(pool.size()));
    }
}
