package io.github.cloudmapgraph.local.queries;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cloudmapgraph.local.flow.Flow;
import io.github.cloudmapgraph.local.flow.FlowOptions;
import io.github.cloudmapgraph.local.flow.TestServers;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * 2,000 services that depend on each other in more ways and circles than anybody could list: a query that followed each
 * way would not end.
 */
class QueriesOnALargeGraphIT {
    private static final int SERVICES = 2_000;
    private static final int NAMESPACES = 20;

    /** Far longer than any takes, far shorter than following every way. */
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private static Flow flow;

    @BeforeAll
    static void start() throws IOException {
        TestServers.clearGraph();
        flow = new Flow(FlowOptions.standard().withoutEvents());
        flow.load(registry());
        flow.readAndAwait();
    }

    @AfterAll
    static void stop() {
        flow.close();
        TestServers.clearGraph();
    }

    static Stream<QueryFile> files() {
        return QueryFile.all().stream();
    }

    @ParameterizedTest
    @MethodSource("files")
    void query_ends_withinItsTransactionTimeout(QueryFile file) {
        var rows = Answers.of(
                file.statement(),
                Map.of(
                        "service", "service-7",
                        "from", "service-7",
                        "to", "service-1999",
                        "namespace", "namespace-3",
                        "tag", "owner",
                        "hours", 1.0),
                TIMEOUT);
        // What the random registry has none of.
        if (!file.name().startsWith("08-")) {
            assertThat(rows).isNotEmpty();
        }
    }

    private static String registry() {
        var random = new Random(11);
        ObjectNode root = new JsonMapper().createObjectNode();
        var namespaces = root.putArray("namespaces");
        for (int n = 0; n < NAMESPACES; n++) {
            var services = namespaces
                    .addObject()
                    .put("name", "namespace-" + n)
                    .put("type", "HTTP")
                    .putArray("services");
            for (int s = n; s < SERVICES; s += NAMESPACES) {
                var service = services.addObject().put("name", "service-" + s);
                var tags = service.putObject("tags").put("owner", "team-" + random.nextInt(30));
                // Some have none, so that nobody depends on some either; service-7 has many.
                int degree = s == 7 ? 12 : random.nextInt(4) * random.nextInt(5);
                if (degree > 0) {
                    tags.put(
                            "NEO4J_RELATIONSHIP_TO_SERVICE",
                            IntStream.range(0, degree)
                                    .mapToObj(_ -> "service-" + (1 + random.nextInt(SERVICES - 1)))
                                    .distinct()
                                    .collect(Collectors.joining(" ")));
                }
                service.putObject("healthCheckCustomConfig");
                var instances = service.putArray("instances");
                for (int i = random.nextInt(4); i > 0; i--) {
                    var instance = instances.addObject().put("id", "instance-" + i);
                    instance.putObject("attributes")
                            .put("AVAILABILITY_ZONE", "zone-" + random.nextInt(2))
                            .put("stage", random.nextBoolean() ? "dev" : "prod")
                            .put("version", "1." + random.nextInt(2));
                    instance.put("health", random.nextInt(10) == 0 ? "UNHEALTHY" : "HEALTHY");
                }
            }
        }
        return root.toString();
    }
}
