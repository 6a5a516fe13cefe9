package io.github.cloudmapgraph.consumer.graph;

import static io.github.cloudmapgraph.consumer.graph.Neo4jForTests.count;
import static io.github.cloudmapgraph.consumer.graph.Neo4jForTests.run;
import static io.github.cloudmapgraph.consumer.graph.Registries.SCOPE;
import static io.github.cloudmapgraph.consumer.graph.Registries.namespaceOf;
import static io.github.cloudmapgraph.consumer.graph.Registries.snapshot;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cloudmapgraph.consumer.graph.UpdateOutcome.Applied;
import io.github.cloudmapgraph.snapshot.HealthCheck;
import io.github.cloudmapgraph.snapshot.Orders;
import io.github.cloudmapgraph.snapshot.Registry;
import io.github.cloudmapgraph.snapshot.Scope;
import io.github.cloudmapgraph.snapshot.Service;
import io.github.cloudmapgraph.snapshot.Snapshot;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random registries and random edits: after each update the graph is what the schema says of the registry.
 *
 * <p>A failure names its seed; {@code -Dseed=N} runs that one alone, {@code -Dseeds=N} draws so many.
 */
class GraphEqualsRegistryIT {
    private static final int EDITS = 30;
    private static final Scope OTHER = new Scope("444455556666:eu-west-1");
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-01-31T12:00:00Z"));

    /** What a person may do to the sync's own data, each time to something else. */
    private static final List<String> DAMAGES = List.of(
            "MATCH (i:Instance {scope: $scope}) WITH i ORDER BY i.key SKIP $skip LIMIT 2 DETACH DELETE i",
            "MATCH (i:Instance {scope: $scope})-[r:REGISTERED]->() WITH i, r ORDER BY i.key SKIP $skip LIMIT 2 DELETE"
                    + " r",
            "MATCH (s:Service {scope: $scope}) WITH s ORDER BY s.arn SKIP $skip LIMIT 1 DETACH DELETE s",
            "MATCH (s:Service {scope: $scope})-[d:DEP_ON]->(t) WHERE d.sources IS NOT NULL"
                    + " WITH d ORDER BY s.arn, t.arn SKIP $skip LIMIT 2 DELETE d",
            "MATCH (s:Service {scope: $scope})-[r:IN_NAMESPACE]->() WITH s, r ORDER BY s.arn SKIP $skip LIMIT 2 DELETE"
                    + " r",
            "MATCH (n:Namespace {scope: $scope}) WITH n ORDER BY n.arn LIMIT 1 DETACH DELETE n",
            "MATCH (s:SyncState {scope: $scope}) DETACH DELETE s",
            "MATCH (c:SyncChange) DETACH DELETE c");

    /** What only an update that compares everything sees. */
    private static final List<String> EDITS_BY_HAND = List.of(
            "MATCH (i:Instance {scope: $scope}) WITH i ORDER BY i.key SKIP $skip LIMIT 2"
                    + " SET i.health = 'FINE' REMOVE i.kind",
            "MATCH (s:Service {scope: $scope}) WITH s ORDER BY s.arn SKIP $skip LIMIT 2 REMOVE s.name SET s.type ="
                    + " 'edited'",
            "MATCH (s:Service {scope: $scope})-[d:DEP_ON]->(t) WHERE d.sources IS NOT NULL"
                    + " WITH d ORDER BY s.arn, t.arn SKIP $skip LIMIT 1 SET d.sources = ['by hand']",
            "MATCH (n:Namespace {scope: $scope}) SET n.description = 'edited'");

    private final GraphUpdater updater = Neo4jForTests.updater(OutputStream.nullOutputStream(), CLOCK, 1_000);

    /** Another scope, which nothing here may touch and whose service can be depended on by its ARN. */
    private final Registry foreign = Registries.registry(namespaceOf(
            OTHER.account(),
            "theirs",
            new Service(
                    ChangingRegistry.FOREIGN,
                    "srv-theirs",
                    "a",
                    "HTTP",
                    "",
                    Optional.empty(),
                    new HealthCheck.None(),
                    Map.of(),
                    Map.of(),
                    List.of(Registries.instance("i-1")))));

    private long version;

    /** A service deleted by hand, and from the registry before the next update. */
    private static final long DELETED_TWICE = 6027914086553381567L;

    static LongStream seeds() {
        Long chosen = Long.getLong("seed");
        if (chosen != null) {
            return LongStream.of(chosen);
        }
        LongStream fixed = LongStream.concat(LongStream.rangeClosed(1, 7), LongStream.of(DELETED_TWICE));
        return LongStream.concat(fixed, new Random().longs(Integer.getInteger("seeds", 1)));
    }

    @BeforeEach
    void clear() {
        Neo4jForTests.clear();
        updater.update(snapshot(OTHER, 1, Orders.NONE, foreign), "theirs", Instant.MAX);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void graph_equalsTheRegistry_afterEachEdit(long seed) {
        var changing = new ChangingRegistry(seed);
        GraphContent before = GraphContent.of(changing.registry(), SCOPE.value(), Set.of(ChangingRegistry.FOREIGN));
        Map<String, String> updateIds = Map.of();
        for (int edit = 1; edit <= EDITS; edit++) {
            changing.edit();
            Registry registry = changing.registry();
            Changes changes = apply(registry, Orders.NONE);

            GraphContent expected = equalsGraph(registry, "seed " + seed + ", edit " + edit);
            Map<String, String> newIds = updateIds();
            assertChanges(before, expected, changes, updateIds, newIds, "seed " + seed + ", edit " + edit);
            before = expected;
            updateIds = newIds;
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void graph_healsAndKeepsPeoplesData_whenItIsDamagedBetweenUpdates(long seed) {
        var random = new Random(seed);
        var changing = new ChangingRegistry(seed + 1_000);
        for (int edit = 1; edit <= EDITS; edit++) {
            String step = "seed " + seed + ", edit " + edit;
            addPeoplesData(random);
            boolean full = random.nextInt(4) == 0;
            for (int damages = random.nextInt(3); damages > 0; damages--) {
                damage(one(DAMAGES, random), random);
            }
            if (full) {
                damage(one(EDITS_BY_HAND, random), random);
            }
            Map<String, String> owned = peoplesData();
            if (random.nextInt(3) > 0) {
                changing.edit();
            }
            Registry registry = changing.registry();
            Changes changes = apply(registry, new Orders(full, false));

            GraphContent expected = equalsGraph(registry, step);
            owned.keySet().retainAll(expected.nodes().keySet());
            assertThat(peoplesData()).as("people's data, %s", step).isEqualTo(owned);
            if (full) {
                assertThat(updateIds().values()).as("stamps, %s", step).allMatch(("m" + version)::equals);
            }
            assertThat(apply(registry, Orders.NONE).total())
                    .as("what the same again changes, %s after %s", step, changes)
                    .isZero();
        }
        assertThat(count("MATCH (:Team {name: 'blue'}) RETURN count(*)")).isEqualTo(1);
    }

    private static String one(List<String> statements, Random random) {
        return statements.get(random.nextInt(statements.size()));
    }

    private static void damage(String statement, Random random) {
        run(statement, Map.of("scope", SCOPE.value(), "skip", random.nextInt(5)));
    }

    private Changes apply(Registry registry, Orders orders) {
        version++;
        Snapshot snapshot = snapshot(SCOPE, version, orders, registry);
        // As a message does: the same digest for the same content, and the snapshot is read only where that is not
        // enough.
        String digest = UUID.nameUUIDFromBytes(registry.toString().getBytes(StandardCharsets.UTF_8))
                .toString();
        UpdateOutcome outcome = updater.updateUnread(snapshot.header(), digest, "m" + version, Instant.MAX)
                .orElseGet(() -> updater.update(DigestedSnapshot.of(snapshot, digest), "m" + version, Instant.MAX));
        assertThat(outcome).isInstanceOf(Applied.class);
        return ((Applied) outcome).changes();
    }

    private GraphContent equalsGraph(Registry registry, String step) {
        GraphContent expected = GraphContent.of(registry, SCOPE.value(), Set.of(ChangingRegistry.FOREIGN));
        GraphContent actual = inNeo4j(SCOPE);
        assertThat(actual.nodes()).as("nodes, %s", step).isEqualTo(expected.nodes());
        assertThat(actual.relationships()).as("relationships, %s", step).isEqualTo(expected.relationships());
        GraphContent theirs = GraphContent.of(foreign, OTHER.value(), Set.of());
        assertThat(inNeo4j(OTHER).relationships()).as("others', %s", step).isEqualTo(theirs.relationships());
        assertThat(count("MATCH (n:Namespace|Service|Instance) RETURN count(n)"))
                .as("nodes of whatever scope, %s", step)
                .isEqualTo(expected.nodes().size() + theirs.nodes().size());
        return expected;
    }

    private static GraphContent inNeo4j(Scope scope) {
        var content = new GraphContent(new TreeMap<>(), new TreeSet<>());
        run("MATCH (n:Namespace|Service|Instance {scope: '" + scope + "'}) RETURN n,"
                        + " [label IN labels(n) WHERE label IN ['Namespace', 'Service', 'Instance']][0] AS label")
                .forEach(row -> {
                    Map<String, Object> properties = new TreeMap<>(row.get("n").asMap());
                    String key = key(row.get("label").asString(), properties);
                    List.of("digest", "synced_properties", "update_id", "cost_center")
                            .forEach(properties::remove);
                    content.nodes().put(row.get("label").asString() + " " + key, properties);
                });
        run("MATCH (a {scope: '" + scope + "'})-[r:REGISTERED|IN_NAMESPACE|DEP_ON]->(b) WHERE r.by IS NULL RETURN CASE"
                        + " WHEN a:Instance THEN a.key ELSE a.arn END + ' ' + type(r) + ' ' + b.arn"
                        + " AS text, r.sources AS sources")
                .forEach(row -> content.relationships()
                        .add(row.get("text").asString()
                                + (row.get("sources").isNull()
                                        ? ""
                                        : " " + row.get("sources").asList())));
        return content;
    }

    /** An instance may have an attribute of its own that is called arn, and a service a tag that is called key. */
    private static String key(String label, Map<String, Object> properties) {
        return String.valueOf(properties.get(label.equals("Instance") ? "key" : "arn"));
    }

    private static Map<String, String> updateIds() {
        Map<String, String> ids = new TreeMap<>();
        run("MATCH (n:Namespace|Service|Instance {scope: '" + SCOPE + "'}) RETURN n.update_id AS id,"
                        + " CASE WHEN n:Instance THEN 'Instance ' + n.key WHEN n:Service THEN 'Service ' + n.arn"
                        + " ELSE 'Namespace ' + n.arn END AS key")
                .forEach(row -> ids.put(row.get("key").asString(), row.get("id").asString()));
        return ids;
    }

    /** The counts, and the stamps, are those of what differs between the two states. */
    private void assertChanges(
            GraphContent before,
            GraphContent after,
            Changes changes,
            Map<String, String> oldIds,
            Map<String, String> newIds,
            String step) {
        Set<String> added = new TreeSet<>(after.nodes().keySet());
        added.removeAll(before.nodes().keySet());
        Set<String> removed = new TreeSet<>(before.nodes().keySet());
        removed.removeAll(after.nodes().keySet());
        Set<String> changed = new TreeSet<>();
        after.nodes().forEach((key, properties) -> {
            if (!added.contains(key)
                    && (!properties.equals(before.nodes().get(key))
                            || !dependencies(before, key).equals(dependencies(after, key)))) {
                changed.add(key);
            }
        });
        Set<String> stamped = new TreeSet<>();
        newIds.forEach((key, id) -> {
            if (!id.equals(oldIds.get(key))) {
                stamped.add(key);
            }
        });
        Set<String> touched = new TreeSet<>(added);
        touched.addAll(changed);
        assertThat(stamped).as("what is stamped anew, %s", step).isEqualTo(touched);
        assertThat(changes).as("counts, %s", step).isEqualTo(new Changes(added.size(), changed.size(), removed.size()));
    }

    private static Set<String> dependencies(GraphContent content, String key) {
        Set<String> dependencies = new TreeSet<>(content.relationships());
        String from = key.substring(key.indexOf(' ') + 1) + " DEP_ON ";
        dependencies.removeIf(text -> !text.startsWith(from));
        return dependencies;
    }

    private static void addPeoplesData(Random random) {
        for (String statement : List.of(
                "MERGE (team:Team {name: 'blue'}) WITH team MATCH (s:Service {scope: $scope})"
                        + " WITH team, s ORDER BY s.arn SKIP $skip LIMIT 2"
                        + " MERGE (team)-[:OWNS]->(s) SET s:Critical, s.cost_center = s.arn",
                "MATCH (i:Instance {scope: $scope}) WITH i ORDER BY i.key SKIP $skip LIMIT 2 SET i.cost_center = i.key",
                "MATCH (n:Namespace {scope: $scope}) WITH n ORDER BY n.arn LIMIT 1 SET n.cost_center = n.arn",
                "MATCH (a:Service), (b:Service) WITH a, b ORDER BY a.arn, b.arn SKIP $skip LIMIT 1"
                        + " MERGE (a)-[:DEP_ON {by: 'hand'}]->(b)")) {
            damage(statement, random);
        }
    }

    /** By node, so that what goes with a node can be told from what the sync took away. */
    private static Map<String, String> peoplesData() {
        Map<String, String> data = new TreeMap<>();
        run("MATCH (n:Namespace|Service|Instance {scope: '" + SCOPE + "'}) WHERE n.cost_center IS NOT NULL RETURN"
                        + " labels(n) AS labels, n.cost_center AS key, EXISTS { (:Team)-[:OWNS]->(n) } AS owned")
                .forEach(row -> data.put(
                        row.get("labels").get(0).asString() + " "
                                + row.get("key").asString(),
                        row.get("labels").asList() + " owned " + row.get("owned")));
        return data;
    }
}
