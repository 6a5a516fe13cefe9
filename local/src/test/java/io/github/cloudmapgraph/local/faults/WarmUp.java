package io.github.cloudmapgraph.local.faults;

import io.github.cloudmapgraph.consumer.graph.GraphOptions;
import io.github.cloudmapgraph.consumer.graph.GraphUpdater;
import io.github.cloudmapgraph.log.Log;
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
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.neo4j.driver.Driver;

/** Has a Neo4j that just started plan every statement once: on a busy machine that takes longer than an update may. */
final class WarmUp {
    private static final Scope SCOPE = new Scope("111122223333:eu-west-1:warm-up");
    private static final Duration AS_LONG_AS_IT_TAKES = Duration.ofMinutes(1);

    private WarmUp() {}

    static void run(Driver driver) {
        var log = new Log(
                new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8),
                InstantSource.system());
        var updater = new GraphUpdater(
                driver, "", new GraphOptions(AS_LONG_AS_IT_TAKES, 100, 100, 1), InstantSource.system(), log);
        List<Service> services = List.of(service("a", "1"), service("b", "1"));
        List<List<Service>> states =
                List.of(services, List.of(service("a", "2"), service("c", "2")), List.of(service("a", "3")), List.of());
        for (int version = 1; version <= 2 * states.size(); version++) {
            var orders = new Orders(version % 2 == 0, true);
            List<Service> state = states.get((version - 1) / 2);
            updater.update(
                    new Snapshot(
                            new SnapshotHeader(SCOPE, version, Instant.EPOCH, Optional.empty(), orders),
                            registry(state)),
                    "warm-up-" + version,
                    Instant.now().plus(AS_LONG_AS_IT_TAKES));
        }
    }

    private static Registry registry(List<Service> services) {
        return new Registry(
                services.isEmpty()
                        ? List.of()
                        : List.of(new Namespace("arn:n", "n", "n", "HTTP", "", SCOPE.account(), "n", "", services)),
                List.of());
    }

    private static Service service(String name, String value) {
        return new Service(
                "arn:" + name,
                name,
                name,
                "HTTP",
                "",
                Optional.empty(),
                new HealthCheck.None(),
                Map.of("NEO4J_RELATIONSHIP_TO_SERVICE", "b", "value", value),
                Map.of(),
                List.of(
                        new Instance("i", Health.NO_CHECK, Map.of("value", value)),
                        new Instance("i-" + value, Health.NO_CHECK, Map.of())));
    }
}
