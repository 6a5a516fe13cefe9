package io.github.cloudmapgraph.local.producer;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Registries to read, as files of the local run. */
final class Registries {
    static final String SMALL = """
        {"namespaces": [
          {"name": "shop", "type": "HTTP", "description": "The shop", "services": [
            {"name": "cart", "description": "Keeps what a customer chose", "healthCheckCustomConfig": {},
             "tags": {"NEO4J_RELATIONSHIP_TO_SERVICE": "db"}, "attributes": {"team": "checkout"},
             "instances": [
               {"id": "cart-1", "attributes": {"stage": "dev", "version": "1.0.0"}},
               {"id": "cart-2", "attributes": {"stage": "dev"}, "health": "UNHEALTHY"}]}]},
          {"name": "internal", "type": "DNS_PRIVATE", "services": [
            {"name": "db", "dnsConfig": {"dnsRecords": [{"type": "A", "ttl": 60}]},
             "instances": [{"id": "db-1", "attributes": {"AWS_INSTANCE_IPV4": "10.0.0.9"}}]}]}
        ]}
        """;

    static final String SHARED = """
        {"namespaces": [
          {"name": "ours", "type": "HTTP", "services": [
            {"name": "web", "instances": [{"id": "web-1", "attributes": {"stage": "prod"}}]}]},
          {"name": "theirs", "type": "HTTP", "ownerAccount": "111122223333", "services": [
            {"name": "billing", "instances": [
               {"id": "b-1", "attributes": {"stage": "prod"}},
               {"id": "b-2", "attributes": {"stage": "prod"}}]},
            {"name": "mail", "instances": []}]}
        ]}
        """;

    private Registries() {}

    /** Returns so many namespaces, with so many services each, with so many instances each; every third is checked. */
    static String generated(int namespaces, int services, int instances) {
        return "{\"namespaces\": "
                + list(namespaces, namespace -> """
                    {"name": "namespace-%d", "type": "HTTP", "services": %s}
                    """.formatted(namespace, services(services, instances))) + "}";
    }

    private static String services(int services, int instances) {
        return list(services, service -> """
            {"name": "service-%d", "tags": {"number": "%d"}, "attributes": {"number": "%d"}, %s "instances": %s}
            """.formatted(
                        service,
                        service,
                        service,
                        service % 3 == 0 ? "\"healthCheckCustomConfig\": {}," : "",
                        list(instances, instance -> """
                            {"id": "i-%d", "attributes": {"number": "%d"}}
                            """.formatted(instance, instance))));
    }

    private static String list(int count, java.util.function.IntFunction<String> element) {
        return IntStream.range(0, count).mapToObj(element).collect(Collectors.joining(",", "[", "]"));
    }
}
