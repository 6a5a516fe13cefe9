package io.github.cloudmapgraph.consumer.graph;

import static io.github.cloudmapgraph.consumer.graph.Registries.instance;
import static io.github.cloudmapgraph.consumer.graph.Registries.namespace;
import static io.github.cloudmapgraph.consumer.graph.Registries.registry;
import static io.github.cloudmapgraph.consumer.graph.Registries.service;
import static io.github.cloudmapgraph.consumer.graph.Registries.snapshot;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cloudmapgraph.snapshot.Instance;
import io.github.cloudmapgraph.snapshot.Service;
import java.io.OutputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.neo4j.configuration.GraphDatabaseSettings;
import org.neo4j.driver.AuthTokens;
import org.neo4j.driver.Driver;
import org.neo4j.driver.GraphDatabase;
import org.neo4j.driver.summary.Plan;
import org.neo4j.harness.Neo4j;
import org.neo4j.harness.Neo4jBuilders;

/**
 * How Neo4j plans the statements for a graph that is empty, for one that is small, and while it still takes the indexes
 * of a large one for empty, as right after a first load: a plan stays, however the graph grows.
 */
class PlansIT {
    private static final Map<String, Object> ROW = Map.of("arn", "a", "target", "b", "key", "k", "namespace_arn", "n");

    private static final Map<String, Object> PARAMETERS = Map.of(
            "arns",
            List.of("a", "b"),
            "keys",
            List.of("k"),
            "rows",
            List.of(ROW),
            "scope",
            "s",
            "scopes",
            List.of("s"));

    private static Neo4j server;
    private static Driver driver;
    private static final Map<String, Map<Statement, Plan>> PLANS = new LinkedHashMap<>();

    @BeforeAll
    static void load() {
        // A server of its own, that never learns how large the indexes are.
        server = Neo4jBuilders.newInProcessBuilder()
                .withDisabledServer()
                .withConfig(GraphDatabaseSettings.index_background_sampling_enabled, false)
                .build();
        driver = GraphDatabase.driver(server.boltURI(), AuthTokens.none());
        var updater = Neo4jForTests.updater(driver, OutputStream.nullOutputStream(), InstantSource.system(), 10);
        updater.update(snapshot(1, registry()), "message-1", Instant.MAX);
        driver.executableQuery("CALL db.awaitIndexes()").execute();
        driver.executableQuery("MATCH (n) DETACH DELETE n").execute();
        explainFor("an empty graph");
        updater.update(snapshot(2, registry(namespace("shop", services(3)))), "message-2", Instant.MAX);
        explainFor("a small graph, not sampled");
        for (String index : List.of("namespace_arn", "service_arn", "instance_key")) {
            driver.executableQuery("CALL db.resampleIndex($index)")
                    .withParameters(Map.of("index", index))
                    .execute();
        }
        driver.executableQuery("CALL db.awaitIndexes()").execute();
        explainFor("a small graph");
        updater.update(snapshot(3, registry(namespace("shop", services(1_000)))), "message-3", Instant.MAX);
        explainFor("a large graph, not sampled");
    }

    private static Service[] services(int number) {
        Instance[] instances =
                IntStream.range(0, 10).mapToObj(i -> instance("i-" + i)).toArray(Instance[]::new);
        return IntStream.range(0, number)
                .mapToObj(i -> service("s-" + i, Map.of(), instances))
                .toArray(Service[]::new);
    }

    private static void explainFor(String graph) {
        // What was planned before.
        driver.executableQuery("CALL db.clearQueryCaches()").execute();
        PLANS.put(graph, Arrays.stream(Statement.values()).collect(toMap(statement -> statement, PlansIT::plan)));
    }

    @AfterAll
    static void stop() {
        driver.close();
        server.close();
    }

    @ParameterizedTest
    @EnumSource(Statement.class)
    void plan_looksUpWhatHasAKey(Statement statement) {
        PLANS.forEach((graph, plans) -> {
            List<String> operators = operators(requireNonNull(plans.get(statement)));
            assertThat(operators).as("%s for %s", statement, graph).isNotEmpty().noneMatch(PlansIT::scansForAKey);
            if (operators.stream().anyMatch(operator -> operator.startsWith("Unwind"))) {
                assertThat(operators)
                        .as("%s for each row, for %s", statement, graph)
                        .noneMatch(PlansIT::goesThroughMany);
            }
        });
    }

    /** A target that thousands depend on is not gone through for each row. */
    @Test
    void plan_findsADependencyFromBothEnds() {
        assertThat(PLANS.values())
                .extracting(plans -> operators(requireNonNull(plans.get(Statement.DELETE_DEPENDENCIES))))
                .allSatisfy(
                        operators -> assertThat(operators).anyMatch(operator -> operator.startsWith("Expand(Into)")));
    }

    private static Plan plan(Statement statement) {
        return driver.executableQuery("EXPLAIN " + statement.cypher())
                .withParameters(PARAMETERS)
                .execute()
                .summary()
                .queryPlan()
                .orElseThrow();
    }

    /**
     * An index of keys, or a label with many nodes. What a scope has is read once: by a seek or a scan, it is the same.
     */
    private static boolean scansForAKey(String operator) {
        return operator.contains("Scan")
                && !operator.contains("(scope)")
                && Stream.of("(arn)", "(key)", ":Service", ":Instance").anyMatch(operator::contains);
    }

    /** For each row, that is as much as the graph is large, times the rows. */
    private static boolean goesThroughMany(String operator) {
        return operator.contains("Scan")
                || operator.contains("HashJoin")
                || (operator.contains("(scope)") && !operator.contains("SyncState"));
    }

    private static List<String> operators(Plan plan) {
        return Stream.concat(
                        Stream.of(plan.operatorType() + " " + plan.arguments().get("Details")),
                        plan.children().stream().map(PlansIT::operators).flatMap(List::stream))
                .toList();
    }
}
