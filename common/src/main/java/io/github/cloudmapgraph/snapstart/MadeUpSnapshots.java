package io.github.cloudmapgraph.snapstart;

import io.github.cloudmapgraph.snapshot.Dns;
import io.github.cloudmapgraph.snapshot.DnsRecord;
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

/** Snapshots to rehearse with, of an account that there is not. */
public final class MadeUpSnapshots {
    private static final Scope SCOPE = Scope.of("000000000000", "us-east-1", "rehearsal");
    private static final String ARN = "arn:aws:servicediscovery:us-east-1:000000000000:";
    private static final int INSTANCES = 20;

    private MadeUpSnapshots() {}

    /**
     * Returns a registry and what became of it: of services, dependencies and instances some are new, some changed and
     * some gone.
     */
    public static List<Snapshot> beforeAndAfter() {
        return List.of(
                snapshot(
                        1,
                        service("orders", "Takes orders", "payments", instances("80", 0)),
                        service("payments", "", "ledger", instances("80", 0)),
                        service("ledger", "", "", instances("80", 0))),
                snapshot(
                        2,
                        service("orders", "Takes and ships orders", "payments stock", instances("81", 5)),
                        service("payments", "", "", instances("80", 0)),
                        service("stock", "", "orders", instances("80", 0))));
    }

    private static Snapshot snapshot(long version, Service... services) {
        var header = new SnapshotHeader(
                SCOPE, version, Instant.ofEpochMilli(version), Optional.empty(), new Orders(false, true));
        var namespace = new Namespace(
                ARN + "namespace/ns-rehearsal",
                "ns-rehearsal",
                "rehearsal",
                "DNS_PRIVATE",
                "",
                SCOPE.account(),
                "rehearsal",
                "Z0",
                List.of(services));
        return new Snapshot(header, new Registry(List.of(namespace), List.of()));
    }

    private static Service service(String name, String description, String dependsOn, List<Instance> instances) {
        return new Service(
                ARN + "service/srv-" + name,
                "srv-" + name,
                name,
                "DNS_HTTP",
                description,
                Optional.of(new Dns("MULTIVALUE", List.of(new DnsRecord("A", 60)))),
                new HealthCheck.Custom(),
                // No names but those that every graph knows: Neo4j keeps the names also of what is rolled back.
                Map.of("NEO4J_RELATIONSHIP_TO_SERVICE", dependsOn),
                Map.of(),
                instances);
    }

    private static List<Instance> instances(String port, int from) {
        return IntStream.range(from, from + INSTANCES)
                .mapToObj(number -> new Instance(
                        "instance-" + number,
                        Health.HEALTHY,
                        Map.of("AWS_INSTANCE_IPV4", "10.0.0." + number, "AWS_INSTANCE_PORT", port)))
                .toList();
    }
}
