package io.github.cloudmapgraph.benchmarks.flow;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The registry that is changed: services in five namespaces, each with ten instances and health checks. */
final class Registries {
    static final int NAMESPACES = 5;

    static final int INSTANCES = 10;

    private Registries() {}

    static String of(int services) {
        return IntStream.range(0, NAMESPACES)
                .mapToObj(namespace -> """
                    {"name": "namespace-%d", "type": "HTTP", "services": [%s]}
                    """.formatted(namespace, services(namespace, services / NAMESPACES)))
                .collect(Collectors.joining(",", "{\"namespaces\": [", "]}"));
    }

    private static String services(int namespace, int services) {
        return IntStream.range(0, services)
                .mapToObj(service -> """
                    {"name": "service-%d-%d", "healthCheckCustomConfig": {}, "tags": {"team": "a"},
                     "attributes": {"tier": "1"}, "instances": [%s]}
                    """.formatted(namespace, service, instances()))
                .collect(Collectors.joining(","));
    }

    private static String instances() {
        return IntStream.range(0, INSTANCES)
                .mapToObj(instance -> """
                    {"id": "i-%d", "attributes": {"AWS_INSTANCE_IPV4": "10.0.0.%d", "AWS_INSTANCE_PORT": "8080",
                     "AVAILABILITY_ZONE": "us-east-1a", "REGION": "us-east-1", "change": "0"}}
                    """.formatted(instance, instance))
                .collect(Collectors.joining(","));
    }
}
