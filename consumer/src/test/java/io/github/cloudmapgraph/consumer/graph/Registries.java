package io.github.cloudmapgraph.consumer.graph;

import io.github.cloudmapgraph.snapshot.DeniedNamespace;
import io.github.cloudmapgraph.snapshot.Health;
import io.github.cloudmapgraph.snapshot.HealthCheck;
import io.github.cloudmapgraph.snapshot.Instance;
import io.github.cloudmapgraph.snapshot.Namespace;
import io.github.cloudmapgraph.snapshot.Orders;
import io.github.cloudmapgraph.snapshot.Registry;
import io.github.cloudmapgraph.snapshot.Scope;
import io.github.cloudmapgraph.snapshot.Service;
import io.github.cloudmapgraph.snapshot.Snapshot;
import io.github.cloudmapgraph.snapshot.SnapshotHeader;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Registries for tests, in few words. */
final class Registries {
    static final String ACCOUNT = "111122223333";
    static final Scope SCOPE = new Scope(ACCOUNT + ":eu-west-1");

    private Registries() {}

    static Registry registry(Namespace... namespaces) {
        return new Registry(List.of(namespaces), List.of());
    }

    static Registry denied(Registry registry, Namespace... denied) {
        return new Registry(
                registry.namespaces(),
                Arrays.stream(denied)
                        .map(namespace -> new DeniedNamespace(namespace.arn(), namespace.name(), "AccessDenied"))
                        .toList());
    }

    static Namespace namespace(String name, Service... services) {
        return namespaceOf(ACCOUNT, name, services);
    }

    static Namespace namespaceOf(String owner, String name, Service... services) {
        return new Namespace(
                "arn:aws:servicediscovery:eu-west-1:" + owner + ":namespace/ns-" + name,
                "ns-" + name,
                name,
                "HTTP",
                "",
                owner,
                name,
                "",
                List.of(services));
    }

    static String arn(String id) {
        return "arn:aws:servicediscovery:eu-west-1:" + ACCOUNT + ":service/srv-" + id;
    }

    /** A service whose name is its id. */
    static Service service(String name, Map<String, String> tags, Instance... instances) {
        return service(name, name, tags, Map.of(), instances);
    }

    static Service service(
            String id, String name, Map<String, String> tags, Map<String, String> attributes, Instance... instances) {
        return new Service(
                arn(id),
                "srv-" + id,
                name,
                "HTTP",
                "",
                Optional.empty(),
                new HealthCheck.None(),
                tags,
                attributes,
                List.of(instances));
    }

    static Service dependsOn(String name, String targets, Instance... instances) {
        return service(name, Map.of(DependencyResolver.KEY, targets), instances);
    }

    static Instance instance(String id, String... attributes) {
        Map<String, String> map = new java.util.TreeMap<>();
        for (int i = 0; i < attributes.length; i += 2) {
            map.put(attributes[i], attributes[i + 1]);
        }
        return new Instance(id, Health.NO_CHECK, map);
    }

    static Snapshot snapshot(long version, Registry registry) {
        return snapshot(SCOPE, version, Orders.NONE, registry);
    }

    static Snapshot snapshot(Scope scope, long version, Orders orders, Registry registry) {
        return new Snapshot(
                new SnapshotHeader(scope, version, Instant.ofEpochMilli(version), Optional.empty(), orders), registry);
    }
}
