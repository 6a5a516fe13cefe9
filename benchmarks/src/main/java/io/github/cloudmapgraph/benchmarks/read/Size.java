package io.github.cloudmapgraph.benchmarks.read;

import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** How large a registry is: services in equal shares in namespaces, each with 10 to 20 instances as ECS writes them. */
record Size(int namespaces, int services) {
    private static final long SEED = 5;

    /** How many ListServices it takes. */
    long pages() {
        return (long) namespaces * Math.ceilDiv(services / namespaces, 100);
    }

    /** The registry as a file of the local endpoint. Every other service has health checks. */
    String registry() {
        var random = new Random(SEED);
        return IntStream.range(0, namespaces)
                .mapToObj(namespace -> """
                    {"name": "namespace-%d", "type": "HTTP", "services": [%s]}
                    """.formatted(namespace, services(namespace, random)))
                .collect(Collectors.joining(",", "{\"namespaces\": [", "]}"));
    }

    private String services(int namespace, Random random) {
        return IntStream.range(0, services / namespaces)
                .mapToObj(service -> """
                    {"name": "service-%d-%d", "tags": {"team": "team-%d"}, "attributes": {"tier": "%d"}, %s
                     "instances": [%s]}
                    """.formatted(
                                namespace,
                                service,
                                service % 7,
                                service % 3,
                                service % 2 == 0 ? "\"healthCheckCustomConfig\": {}," : "",
                                instances(service, random)))
                .collect(Collectors.joining(","));
    }

    private static String instances(int service, Random random) {
        return IntStream.range(0, random.nextInt(10, 21))
                .mapToObj(instance -> """
                    {"id": "%08x-task-%d", "attributes": {"AWS_INSTANCE_IPV4": "10.%d.%d.%d",
                     "AWS_INSTANCE_PORT": "8080", "AVAILABILITY_ZONE": "us-east-1a", "REGION": "us-east-1",
                     "ECS_CLUSTER_NAME": "production", "ECS_SERVICE_NAME": "service-%d"}}
                    """.formatted(
                                random.nextInt(),
                                instance,
                                random.nextInt(256),
                                random.nextInt(256),
                                random.nextInt(256),
                                service))
                .collect(Collectors.joining(","));
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%,d services in %d namespaces", services, namespaces);
    }
}
