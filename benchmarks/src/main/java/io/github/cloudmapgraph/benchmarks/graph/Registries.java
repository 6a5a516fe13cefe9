package io.github.cloudmapgraph.benchmarks.graph;

import io.github.cloudmapgraph.snapshot.Health;
import io.github.cloudmapgraph.snapshot.HealthCheck;
import io.github.cloudmapgraph.snapshot.Instance;
import io.github.cloudmapgraph.snapshot.Namespace;
import io.github.cloudmapgraph.snapshot.Registry;
import io.github.cloudmapgraph.snapshot.Scope;
import io.github.cloudmapgraph.snapshot.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Registries as ECS fills them: six attributes an instance, two tags a service, of which one names two services that it
 * depends on.
 */
final class Registries {
    static final Scope SCOPE = new Scope("123456789012:eu-west-1");

    private static final String ARN = "arn:aws:servicediscovery:eu-west-1:123456789012:";

    /** The quota of an account. */
    private static final int MOST_NAMESPACES = 50;

    private Registries() {}

    static Registry empty() {
        return new Registry(List.of(), List.of());
    }

    static Registry of(Size size, Generation generation) {
        int namespaces = Math.clamp(size.services() / 20, 1, MOST_NAMESPACES);
        List<List<Service>> services = new ArrayList<>();
        for (int i = 0; i < namespaces; i++) {
            services.add(new ArrayList<>());
        }
        for (int i = 0; i < size.services(); i++) {
            services.get(i % namespaces).add(service(i, namespaces, size, generation));
        }
        List<Namespace> all = new ArrayList<>();
        for (int i = 0; i < namespaces; i++) {
            all.add(namespace(i, services.get(i)));
        }
        return new Registry(all, List.of());
    }

    private static Namespace namespace(int number, List<Service> services) {
        String id = "ns-" + id("namespace", number).substring(0, 16);
        String name = "team-" + number + ".internal";
        return new Namespace(
                ARN + "namespace/" + id, id, name, "HTTP", "", SCOPE.account(), name, "", List.copyOf(services));
    }

    private static Service service(int number, int namespaces, Size size, Generation generation) {
        String id = "srv-" + id("service", number).substring(0, 16);
        int deployment = number % 100 == 0 ? generation.deployment() : 0;
        List<Instance> instances = new ArrayList<>();
        for (int i = 0; i < size.instancesPerService(); i++) {
            instances.add(instance(number, i, deployment, generation));
        }
        return new Service(
                ARN + "service/" + id,
                id,
                name(number),
                "HTTP",
                "Service number " + number,
                Optional.empty(),
                new HealthCheck.None(),
                Map.of(
                        "team",
                        "team-" + number % namespaces,
                        "NEO4J_RELATIONSHIP_TO_SERVICE",
                        name((number + 1) % size.services()) + " " + name((number + 7) % size.services())),
                Map.of(),
                instances);
    }

    private static String name(int service) {
        return "service-" + service;
    }

    private static Instance instance(int service, int number, int deployment, Generation generation) {
        boolean theOne = service == 0 && number == 0;
        int address = service * 1009 + number + (theOne ? generation.oneInstance() : 0);
        return new Instance(
                id("task " + service + " " + deployment, number),
                Health.NO_CHECK,
                Map.of(
                        "AWS_INSTANCE_IPV4",
                        String.format(
                                Locale.ROOT, "10.%d.%d.%d", address >> 16 & 255, address >> 8 & 255, address & 255),
                        "AWS_INSTANCE_PORT",
                        Integer.toString(8080 + number % 100),
                        "AVAILABILITY_ZONE",
                        "eu-west-1" + (char) ('a' + number % 3),
                        "ECS_CLUSTER_NAME",
                        "production",
                        "ECS_SERVICE_NAME",
                        name(service),
                        "ECS_TASK_DEFINITION_FAMILY",
                        name(service) + "-" + generation.attribute()));
    }

    /** 32 hexadecimal digits in no order, as ECS's ids are, and the same each time. */
    private static String id(String what, int number) {
        return UUID.nameUUIDFromBytes((what + "/" + number).getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .toString()
                .replace("-", "");
    }
}
