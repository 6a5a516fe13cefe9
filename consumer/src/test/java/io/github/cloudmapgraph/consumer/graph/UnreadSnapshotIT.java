package io.github.cloudmapgraph.consumer.graph;

import static io.github.cloudmapgraph.consumer.graph.Neo4jForTests.count;
import static io.github.cloudmapgraph.consumer.graph.Neo4jForTests.run;
import static io.github.cloudmapgraph.consumer.graph.Registries.SCOPE;
import static io.github.cloudmapgraph.consumer.graph.Registries.denied;
import static io.github.cloudmapgraph.consumer.graph.Registries.dependsOn;
import static io.github.cloudmapgraph.consumer.graph.Registries.instance;
import static io.github.cloudmapgraph.consumer.graph.Registries.namespace;
import static io.github.cloudmapgraph.consumer.graph.Registries.namespaceOf;
import static io.github.cloudmapgraph.consumer.graph.Registries.registry;
import static io.github.cloudmapgraph.consumer.graph.Registries.service;
import static io.github.cloudmapgraph.consumer.graph.Registries.snapshot;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cloudmapgraph.consumer.graph.UpdateOutcome.Applied;
import io.github.cloudmapgraph.consumer.graph.UpdateOutcome.Overtaken;
import io.github.cloudmapgraph.snapshot.Orders;
import io.github.cloudmapgraph.snapshot.Registry;
import io.github.cloudmapgraph.snapshot.Scope;
import io.github.cloudmapgraph.snapshot.Service;
import io.github.cloudmapgraph.snapshot.Snapshot;
import io.github.cloudmapgraph.snapshot.SnapshotHeader;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A snapshot of which only the digest is known: when that is enough, and when it has to be read. */
class UnreadSnapshotIT {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-01-31T12:00:00Z"));
    private static final String SAME = "digest-1";
    private static final Orders FULL = new Orders(true, false);

    private static final Registry REGISTRY = registry(
            namespace("shop", dependsOn("a", "b", instance("i-1")), service("b", Map.of(), instance("i-2"))),
            namespace("empty"));

    static final List<String> DAMAGES = List.of(
            "MATCH (i:Instance {name: 'i-1'}) DETACH DELETE i",
            "MATCH (:Instance {name: 'i-1'})-[r:REGISTERED]->() DELETE r",
            "MATCH (s:Service {name: 'a'}) DETACH DELETE s",
            "MATCH ()-[d:DEP_ON]->() DELETE d",
            "MATCH (:Service {name: 'a'})-[r:IN_NAMESPACE]->() DELETE r",
            "MATCH (n:Namespace {name: 'shop'}) DETACH DELETE n",
            "MATCH (n:Namespace {name: 'empty'}) DETACH DELETE n",
            "MATCH (s:Service {name: 'b'}) REMOVE s.scope",
            "MATCH (i:Instance {name: 'i-1'})-->(s) SET s.instance_count = 0 DETACH DELETE i",
            "MATCH (s:SyncState) DETACH DELETE s",
            "MATCH (s:SyncState) REMOVE s.content");

    /**
     * What an update does not mend: a full sync does, but for the moved relationship, where it keeps what may be a
     * person's own.
     */
    static final List<String> LASTING_DAMAGES = List.of(
            "MATCH (s:Service {name: 'b'}) REMOVE s.instance_count",
            "MATCH (s:Service {name: 'b'}) SET s.instance_count = 'one'",
            "MATCH (s:Service {name: 'b'}) SET s.instance_count = 1.5",
            "MATCH (i:Instance {name: 'i-1'})-[r:REGISTERED]->(), (b:Service {name: 'b'}) DELETE r"
                    + " CREATE (i)-[:REGISTERED]->(b)",
            "MATCH (i:Instance {name: 'i-1'}) CREATE (:Instance {key: i.key + '0', scope: i.scope, name: 'i-10'})");

    private final ByteArrayOutputStream logged = new ByteArrayOutputStream();

    private final GraphUpdater updater = Neo4jForTests.updater(logged, CLOCK);

    @BeforeEach
    void clear() {
        Neo4jForTests.clear();
    }

    private void apply(long version, Registry registry) {
        apply(snapshot(version, registry));
    }

    private void apply(Snapshot snapshot) {
        var digested = DigestedSnapshot.of(snapshot, SAME);
        assertThat(updater.update(digested, "message-" + snapshot.header().version(), Instant.MAX))
                .isInstanceOf(Applied.class);
    }

    private Optional<UpdateOutcome> unread(long version, Orders orders, String digest) {
        var header = new SnapshotHeader(
                SCOPE, version, Instant.ofEpochMilli(version), Optional.of(Instant.ofEpochMilli(version)), orders);
        return updater.updateUnread(header, digest, "message-" + version, Instant.MAX);
    }

    private Optional<UpdateOutcome> unread(long version) {
        return unread(version, Orders.NONE, SAME);
    }

    private static Map<String, Object> state() {
        return run("MATCH (s:SyncState) RETURN properties(s) AS s")
                .getFirst()
                .get("s")
                .asMap();
    }

    @Test
    void updateUnread_notesTheVersionAndNothingElse_whenTheContentIsTheSame() {
        apply(1, REGISTRY);
        Map<String, Object> before = state();

        assertThat(unread(2)).contains(new Applied(2, Changes.NONE));
        assertThat(unread(3)).contains(new Applied(3, Changes.NONE));

        assertThat(count("MATCH (n) WHERE n.update_id = 'message-3' RETURN count(n)"))
                .isEqualTo(1);
        assertThat(state())
                .containsEntry("version", 3L)
                .containsEntry("update_id", "message-3")
                .containsEntry("added", 0L)
                .containsEntry("services", 2L)
                .containsEntry("instances", 2L)
                .containsEntry("dependencies", 1L)
                .containsEntry("namespaces", 2L)
                .containsKeys("captured_at", "changed_at", "applied_at", "content")
                .doesNotContainKey("updating");
        assertThat(before).containsEntry("version", 1L);
        // And one that was read goes on from there.
        assertThat(updater.update(DigestedSnapshot.of(snapshot(4, REGISTRY), SAME), "message-4", Instant.MAX))
                .isEqualTo(new Applied(4, Changes.NONE));
    }

    @Test
    void updateUnread_leavesNoTrace_whenTheContentIsAnother() {
        assertThat(unread(1)).isEmpty();
        assertThat(count("MATCH (n) RETURN count(n)")).isZero();
        apply(1, REGISTRY);
        Map<String, Object> before = state();

        assertThat(unread(2, Orders.NONE, "digest-2")).isEmpty();

        assertThat(state()).isEqualTo(before);
    }

    @ParameterizedTest
    @FieldSource("DAMAGES")
    void updateUnread_wantsItRead_whenTheGraphIsDamaged(String damage) {
        apply(1, REGISTRY);
        run(damage);

        assertThat(unread(2)).isEmpty();

        apply(2, REGISTRY);
        assertThat(unread(3)).contains(new Applied(3, Changes.NONE));
    }

    @ParameterizedTest
    @FieldSource("LASTING_DAMAGES")
    void updateUnread_wantsItRead_asLongAsTheGraphIsDamaged(String damage) {
        apply(1, REGISTRY);
        run(damage);

        assertThat(unread(2)).isEmpty();

        apply(2, REGISTRY);
        assertThat(unread(3)).isEmpty();
    }

    @Test
    void updateUnread_wantsItRead_whenAFullSyncIsOrderedOrDue() {
        apply(1, REGISTRY);
        assertThat(unread(2, FULL, SAME)).isEmpty();
        apply(3, REGISTRY);
        assertThat(unread(2, FULL, SAME)).contains(new Overtaken(3));

        assertThat(unread(4)).isEmpty();

        apply(5, REGISTRY);
        assertThat(count("MATCH (s:SyncState {version: 5}) WHERE s.full_sync_at IS NOT NULL RETURN count(s)"))
                .isEqualTo(1);
        assertThat(unread(6)).contains(new Applied(6, Changes.NONE));
        assertThat(state()).containsKey("full_sync_at");
    }

    @Test
    void updateUnread_answersAsAnUpdateDoes_whenTheGraphIsNotOlder() {
        apply(5, REGISTRY);

        assertThat(unread(4)).contains(new Overtaken(5));
        // The same message again: what it did is what its update did.
        assertThat(unread(5)).contains(new Applied(5, new Changes(6, 0, 0)));
        assertThat(updater.updateUnread(
                        snapshot(5, REGISTRY).header(), SAME, "another message of this version", Instant.MAX))
                .contains(new Overtaken(5));
    }

    @Test
    void updateUnread_wantsItRead_whenAReleaseThatKnowsNothingOfItWroteSince() {
        apply(1, REGISTRY);
        run("MATCH (s:SyncState) SET s.version = 2");

        assertThat(unread(3)).isEmpty();
    }

    @Test
    void updateUnread_wantsItRead_whenNotOnlyItsContentDecides() {
        Scope other = new Scope("444455556666:eu-west-1");
        String theirs = "arn:aws:servicediscovery:eu-west-1:444455556666:service/srv-theirs";
        Registry foreignTarget = registry(namespace("shop", dependsOn("a", theirs)));
        apply(1, foreignTarget);
        assertThat(unread(2)).as("a service of another scope that is not there").isEmpty();

        Registry notReadable = denied(registry(), namespace("shop"));
        apply(snapshot(SCOPE, 3, new Orders(false, true), notReadable));
        assertThat(unread(4)).as("a namespace that could not be read").isEmpty();

        Neo4jForTests.clear();
        apply(snapshot(other, 1, Orders.NONE, registry(namespaceOf("777788889999", "shared"))));
        apply(5, registry(namespaceOf("777788889999", "shared", service("a", Map.of()))));
        assertThat(unread(6)).as("a namespace that another scope has").isEmpty();
    }

    @Test
    void updateUnread_wantsItRead_whenAnotherScopeTookANamespaceOver() {
        Registry shared = registry(namespace("shop", service("a", Map.of())), namespaceOf("444455556666", "shared"));
        apply(1, shared);
        assertThat(unread(2)).isPresent();
        apply(snapshot(
                new Scope("444455556666:eu-west-1"), 1, Orders.NONE, registry(namespaceOf("444455556666", "shared"))));

        assertThat(unread(3)).isEmpty();
    }

    @Test
    void updateUnread_looksAtItsOwnScopeOnly_whenAnotherOneLeftDependenciesBehind() {
        Scope other = new Scope("444455556666:eu-west-1");
        Registry theirs = registry(namespaceOf(
                "444455556666",
                "theirs",
                service("x", "x", Map.of(DependencyResolver.KEY, "y"), Map.of()),
                service("y", Map.of())));
        apply(snapshot(other, 1, Orders.NONE, theirs));
        run("MATCH (s:SyncState) DETACH DELETE s");
        apply(1, REGISTRY);
        assertThat(unread(2)).isPresent();

        run("MATCH (:Service {name: 'a'})-[d:DEP_ON]->() DELETE d");

        assertThat(unread(3)).isEmpty();
    }

    /** Each adds as many relationships as the dependency that is then deleted. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "MATCH (a:Service {name: 'a'}), (b:Service {name: 'b'}) CREATE (b)-[:DEP_ON]->(a)",
                "MATCH (a:Service {name: 'a'}) CREATE (:Team)-[:DEP_ON {sources: ['own']}]->(a)",
                "MATCH (a:Service {name: 'a'}) CREATE (a)-[:DEP_ON]->(:Service {name: 'own'})",
                "CREATE (:Service {name: 'own'})-[:DEP_ON {sources: ['own']}]->(:Service {name: 'another'})"
            })
    void updateUnread_countsTheScopesDependencies_whenSomebodyDrewSomeToo(String own) {
        apply(1, REGISTRY);
        run(own);
        assertThat(unread(2)).isPresent();

        run("MATCH (:Service {name: 'a'})-[d:DEP_ON]->(:Service {name: 'b'}) DELETE d");

        assertThat(unread(3)).isEmpty();
    }

    @Test
    void updateUnread_saysAgainWhatIsUnresolved() {
        apply(1, registry(namespace("shop", dependsOn("a", "nowhere"))));

        assertThat(unread(2)).isPresent();

        assertThat(logged.toString(UTF_8)).contains("Some dependencies still name a service", "\"dependencies\":1");
    }

    @Test
    void updateUnread_liftsWhatIsHeldBack_whenTheServicesAreThereAgain() {
        Registry many = registry(namespace(
                "shop",
                IntStream.range(0, 12)
                        .mapToObj(i -> service("s-" + i, Map.of()))
                        .toArray(Service[]::new)));
        apply(1, many);
        assertThat(updater.update(snapshot(2, registry(namespace("shop"))), "message-2", Instant.MAX))
                .isInstanceOf(UpdateOutcome.HeldBack.class);
        assertThat(state()).containsEntry("held_back", 12L);

        assertThat(unread(3)).contains(new Applied(3, Changes.NONE));

        assertThat(state()).containsEntry("held_back", 0L).doesNotContainKey("held_back_version");
    }
}
