package io.github.cloudmapgraph.consumer;

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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** The mortgage application of the article's program, as it grows by one service a version. */
final class ExampleSnapshots {
    static final Scope SCOPE = new Scope("123456789012:us-east-1");
    static final Instant FIRST = Instant.parse("2026-11-20T12:00:00Z");
    private static final String ARN = "arn:aws:servicediscovery:us-east-1:123456789012:";

    private ExampleSnapshots() {}

    /** Returns the version that holds the first services: ServiceMail, then SrvBackMort, then SrvFrontMort. */
    static Snapshot version(int services) {
        return snapshot(services, Orders.NONE, names(services));
    }

    static List<String> names(int services) {
        return IntStream.range(0, services)
                .mapToObj(i -> i < 3
                        ? List.of("ServiceMail", "SrvBackMort", "SrvFrontMort").get(i)
                        : "Srv" + i)
                .toList();
    }

    /** Returns a snapshot of services that depend each on the one before. */
    static Snapshot snapshot(int number, Orders orders, List<String> names) {
        Instant capturedAt = FIRST.plusSeconds(10L * number);
        List<Service> services = IntStream.range(0, names.size())
                .mapToObj(i -> service(
                        "srv-" + i,
                        names.get(i),
                        i == 0 ? Map.of() : Map.of("NEO4J_RELATIONSHIP_TO_SERVICE", names.get(i - 1))))
                .toList();
        var namespace = new Namespace(
                ARN + "namespace/ns-mortgage",
                "ns-mortgage",
                "mortgage",
                "HTTP",
                "",
                "123456789012",
                "mortgage",
                "",
                services);
        return new Snapshot(
                new SnapshotHeader(
                        SCOPE,
                        capturedAt.minusSeconds(2).toEpochMilli(),
                        capturedAt,
                        Optional.of(capturedAt.minusSeconds(5)),
                        orders),
                new Registry(List.of(namespace), List.of()));
    }

    private static Service service(String id, String name, Map<String, String> tags) {
        return new Service(
                ARN + "service/" + id,
                id,
                name,
                "HTTP",
                "",
                Optional.empty(),
                new HealthCheck.None(),
                tags,
                Map.of(),
                List.of(new Instance(
                        "instance-of-" + name,
                        Health.NO_CHECK,
                        Map.of("AWS_INSTANCE_IPV4", "10.0.0.7", "AWS_INSTANCE_PORT", "8080"))));
    }
}
