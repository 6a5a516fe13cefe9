package io.github.cloudmapgraph.consumer.graph;

import static io.github.cloudmapgraph.consumer.graph.Neo4jForTests.count;
import static io.github.cloudmapgraph.consumer.graph.Neo4jForTests.run;
import static io.github.cloudmapgraph.consumer.graph.Registries.SCOPE;
import static io.github.cloudmapgraph.consumer.graph.Registries.arn;
import static io.github.cloudmapgraph.consumer.graph.Registries.denied;
import static io.github.cloudmapgraph.consumer.graph.Registries.dependsOn;
import static io.github.cloudmapgraph.consumer.graph.Registries.instance;
import static io.github.cloudmapgraph.consumer.graph.Registries.namespace;
import static io.github.cloudmapgraph.consumer.graph.Registries.namespaceOf;
import static io.github.cloudmapgraph.consumer.graph.Registries.registry;
import static io.github.cloudmapgraph.consumer.graph.Registries.service;
import static io.github.cloudmapgraph.consumer.graph.Registries.snapshot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cloudmapgraph.check.CheckReport;
import io.github.cloudmapgraph.consumer.graph.UpdateOutcome.Applied;
import io.github.cloudmapgraph.consumer.graph.UpdateOutcome.HeldBack;
import io.github.cloudmapgraph.consumer.graph.UpdateOutcome.Overtaken;
import io.github.cloudmapgraph.snapshot.Namespace;
import io.github.cloudmapgraph.snapshot.Orders;
import io.github.cloudmapgraph.snapshot.Registry;
import io.github.cloudmapgraph.snapshot.Scope;
import io.github.cloudmapgraph.snapshot.Service;
import io.github.cloudmapgraph.snapshot.Snapshot;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GraphUpdaterIT {
    private static final Orders FULL = new Orders(true, false);
    private static final Orders MEANT = new Orders(false, true);
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-01-31T12:00:00Z"));

    private final ByteArrayOutputStream logged = new ByteArrayOutputStream();
    private final GraphUpdater updater = updater();

    private GraphUpdater updater() {
        return Neo4jForTests.updater(logged, CLOCK);
    }

    @BeforeEach
    void clear() {
        Neo4jForTests.clear();
    }

    private UpdateOutcome update(Snapshot snapshot, String updateId) {
        return updater.update(snapshot, updateId, Instant.MAX);
    }

    private Changes apply(long version, Registry registry) {
        return applied(update(snapshot(version, registry), "message-" + version));
    }

    private static Changes applied(UpdateOutcome outcome) {
        assertThat(outcome).isInstanceOf(Applied.class);
        return ((Applied) outcome).changes();
    }

    @Test
    void update_writesTheGraph_whenItIsEmpty() {
        Changes changes = apply(
                1,
                registry(namespace("shop", dependsOn("a", "b", instance("i-1", "stage", "dev")), dependsOn("b", ""))));

        assertThat(changes).isEqualTo(new Changes(4, 0, 0));
        assertThat(count("MATCH (:Instance {name: 'i-1', stage: 'dev', health: 'NO_CHECK', kind: 'other'})"
                        + "-[:REGISTERED]->(:Service {name: 'a', namespace: 'shop', instance_count: 1})"
                        + "-[:DEP_ON {sources: ['tag']}]->(:Service {name: 'b'})"
                        + "-[:IN_NAMESPACE]->(:Namespace {name: 'shop'}) RETURN count(*)"))
                .isEqualTo(1);
        assertThat(count("MATCH (n) WHERE n.update_id = 'message-1' RETURN count(n)"))
                .isEqualTo(5);
        assertThat(run("MATCH (s:SyncState) RETURN s").getFirst().get("s").asMap())
                .containsEntry("scope", SCOPE.value())
                .containsEntry("version", 1L)
                .containsEntry("services", 2L)
                .containsEntry("instances", 1L)
                .containsEntry("dependencies", 1L)
                .containsEntry("added", 4L)
                .doesNotContainKey("updating");
        assertThat(count("MATCH (c:SyncChange {kind: 'added'}) RETURN count(c)"))
                .isEqualTo(4);
    }

    @Test
    void update_writesNothingButSyncState_whenNothingChanged() {
        Registry registry = registry(namespace("shop", dependsOn("a", "b", instance("i-1")), service("b", Map.of())));
        apply(1, registry);

        assertThat(apply(2, registry)).isEqualTo(new Changes(0, 0, 0));
        assertThat(count("MATCH (n) WHERE n.update_id = 'message-2' RETURN count(n)"))
                .isEqualTo(1);
        assertThat(count("MATCH (s:SyncState) RETURN s.version")).isEqualTo(2);
    }

    @Test
    void update_stampsOnlyWhatChanged() {
        apply(1, registry(namespace("shop", service("a", Map.of(), instance("i-1"), instance("i-2", "v", "1")))));

        Changes changes = apply(
                2, registry(namespace("shop", service("a", Map.of(), instance("i-1"), instance("i-2", "v", "2")))));

        assertThat(changes).isEqualTo(new Changes(0, 1, 0));
        assertThat(run("MATCH (n:!SyncState) WHERE n.update_id = 'message-2' RETURN n.name AS name")
                        .getFirst()
                        .get("name")
                        .asString())
                .isEqualTo("i-2");
    }

    @Test
    void update_isOvertaken_whenTheGraphIsNewer() {
        apply(2, registry(namespace("shop", service("a", Map.of()))));

        assertThat(update(snapshot(1, registry()), "late")).isEqualTo(new Overtaken(2));
        assertThat(count("MATCH (s:Service) RETURN count(s)")).isEqualTo(1);
        assertThat(count("MATCH (s:SyncState) WHERE s.updating IS NULL RETURN count(s)"))
                .isEqualTo(1);
    }

    @Test
    void update_answersAsBefore_whenTheSameMessageComesAgain() {
        Registry registry = registry(namespace("shop", service("a", Map.of())));
        Changes first = apply(1, registry);

        assertThat(apply(1, registry)).isEqualTo(first);
    }

    @Test
    void update_carriesOutAFullSync_whenTheOneThatOrderedItWasOvertaken() {
        Registry registry = registry(namespace("shop", service("a", Map.of("owner", "team-a"))));
        apply(2, registry);
        run("MATCH (s:Service) SET s.owner = 'edited'");

        assertThat(update(snapshot(SCOPE, 1, FULL, registry), "order")).isInstanceOf(Overtaken.class);
        apply(3, registry);

        assertThat(run("MATCH (s:Service) RETURN s.owner AS owner")
                        .getFirst()
                        .get("owner")
                        .asString())
                .isEqualTo("team-a");
        assertThat(count("MATCH (s:SyncState) WHERE s.full_sync_due IS NULL RETURN count(s)"))
                .isEqualTo(1);
    }

    @Test
    void update_removesWhatIsGone() {
        apply(
                1,
                registry(
                        namespace(
                                "shop", dependsOn("a", "b", instance("i-1"), instance("i-2")), service("b", Map.of())),
                        namespace("old", service("c", Map.of(), instance("i-3")))));

        Changes changes = apply(2, registry(namespace("shop", dependsOn("a", "b", instance("i-2")))));

        // i-1, b, c, i-3, old; a has a dependency that is not resolved any more.
        assertThat(changes).isEqualTo(new Changes(0, 1, 5));
        assertThat(count("MATCH (n:Instance|Service|Namespace) RETURN count(n)"))
                .isEqualTo(3);
        assertThat(run("MATCH (s:Service) RETURN s.unresolved_dependencies AS list")
                        .getFirst()
                        .get("list")
                        .asList())
                .isEqualTo(List.of("b"));
        assertThat(logged.toString(StandardCharsets.UTF_8)).contains("not there", arn("a"));
    }

    @Test
    void update_connects_whenTheTargetComesLaterGoesAndComesBack() {
        Service a = dependsOn("a", "b other/b " + arn("x"));
        apply(1, registry(namespace("shop", a)));
        assertThat(count("MATCH ()-[d:DEP_ON]->() RETURN count(d)")).isZero();

        apply(2, registry(namespace("shop", a, service("b", Map.of()))));
        assertThat(count("MATCH ()-[d:DEP_ON]->(:Service {name: 'b'}) RETURN count(d)"))
                .isEqualTo(1);

        apply(3, registry(namespace("shop", a), namespace("other", service("b2", "b", Map.of(), Map.of()))));
        // `b` is unique in the snapshot now, and `other/b` is the same service: one relationship a pair.
        assertThat(count("MATCH (:Service {name: 'a'})-[d:DEP_ON]->(:Service {namespace: 'other'}) RETURN count(d)"))
                .isEqualTo(1);

        apply(4, registry(namespace("shop", a, service("b", Map.of()))));
        assertThat(count("MATCH ()-[d:DEP_ON]->(:Service {name: 'b', namespace: 'shop'}) RETURN count(d)"))
                .isEqualTo(1);
        assertThat(run("MATCH (s:Service {name: 'a'}) RETURN s.unresolved_dependencies AS list")
                        .getFirst()
                        .get("list")
                        .asList())
                .isEqualTo(List.of(arn("x"), "other/b"));
    }

    @Test
    void update_leavesAmbiguousNamesUnresolved() {
        apply(
                1,
                registry(
                        namespace("shop", dependsOn("a", "b")),
                        namespace("x", service("bx", "b", Map.of(), Map.of())),
                        namespace("y", service("by", "b", Map.of(), Map.of()))));

        assertThat(count("MATCH ()-[d:DEP_ON]->() RETURN count(d)")).isZero();
        assertThat(count("MATCH (s:Service {name: 'b'}) RETURN count(s)")).isEqualTo(2);
    }

    @Test
    void update_listsBothSources_whenTagAndAttributeNameTheSameTarget() {
        Service a = service("a", "a", Map.of(DependencyResolver.KEY, "b"), Map.of(DependencyResolver.KEY, "shop/b"));
        apply(1, registry(namespace("shop", a, service("b", Map.of()))));

        assertThat(run("MATCH ()-[d:DEP_ON]->() RETURN d.sources AS sources")
                        .getFirst()
                        .get("sources")
                        .asList())
                .isEqualTo(List.of("tag", "attribute"));
    }

    @Test
    void update_healsWhatSomebodyDeleted() {
        Registry registry = registry(namespace(
                "shop",
                dependsOn("a", "b", instance("i-1")),
                service("b", Map.of(), instance("i-2"), instance("i-3"))));
        for (String damage : List.of(
                "MATCH (i:Instance {name: 'i-1'}) DETACH DELETE i",
                "MATCH (:Instance {name: 'i-2'})-[r:REGISTERED]->() DELETE r",
                "MATCH (s:Service {name: 'a'}) DETACH DELETE s",
                "MATCH ()-[d:DEP_ON]->() DELETE d",
                "MATCH (:Service {name: 'a'})-[r:IN_NAMESPACE]->() DELETE r",
                "MATCH (n:Namespace) DETACH DELETE n",
                "MATCH (s:Service {name: 'b'}) REMOVE s.scope",
                "MATCH (s:SyncState) DETACH DELETE s")) {
            Neo4jForTests.clear();
            apply(1, registry);
            run(damage);

            apply(2, registry);

            assertThat(count("MATCH (:Instance)-[:REGISTERED]->(:Service)-[:IN_NAMESPACE]->(:Namespace)"
                            + " RETURN count(*)"))
                    .as(damage)
                    .isEqualTo(3);
            assertThat(count("MATCH (:Service {name: 'a'})-[:DEP_ON]->(:Service {name: 'b'}) RETURN count(*)"))
                    .as(damage)
                    .isEqualTo(1);
            assertThat(count("MATCH (n:Instance|Service|Namespace {scope: '" + SCOPE + "'}) RETURN count(n)"))
                    .as(damage)
                    .isEqualTo(6);
            assertThat(apply(3, registry).total()).as(damage).isZero();
        }
    }

    @Test
    void update_removesInstances_whenTheirServiceWasDeletedByHandAndThenGone() {
        Service stays = service("a", Map.of(), instance("i-1"));
        apply(1, registry(namespace("shop", stays, service("b", Map.of(), instance("i-2"), instance("i-3")))));
        run("MATCH (s:Service {name: 'b'}) DETACH DELETE s");

        assertThat(apply(2, registry(namespace("shop", stays)))).isEqualTo(new Changes(0, 0, 2));

        assertThat(run("MATCH (i:Instance) RETURN i.name AS name"))
                .singleElement()
                .satisfies(row -> assertThat(row.get("name").asString()).isEqualTo("i-1"));
    }

    @Test
    void update_healsEditedProperties_whenItIsAFullSync() {
        Registry registry = registry(namespace("shop", service("a", Map.of("owner", "x"), instance("i-1", "v", "1"))));
        apply(1, registry);
        run("MATCH (n:Service|Instance|Namespace) SET n.name = 'edited', n.owner = 'edited', n.v = 'edited'");
        run("CREATE (:Instance {key: '" + arn("gone") + "/i-9', scope: '" + SCOPE + "', name: 'i-9'})");

        applied(update(snapshot(SCOPE, 2, FULL, registry), "message-2"));

        assertThat(count("MATCH (n:Instance|Service|Namespace) WHERE n.name = 'edited' RETURN count(n)"))
                .isZero();
        assertThat(count("MATCH (:Service {owner: 'x'})<--(i:Instance {v: '1'}) RETURN count(i)"))
                .isEqualTo(1);
        assertThat(count("MATCH (i:Instance {name: 'i-9'}) RETURN count(i)")).isZero();
        assertThat(count("MATCH (n) WHERE n.update_id = 'message-2' RETURN count(n)"))
                .isEqualTo(4);
    }

    @Test
    void update_doesNotRewrite_whenAStrangerRegistersSomething() {
        Registry registry = registry(namespace("shop", service("a", Map.of(), instance("i-1"))));
        apply(1, registry);
        run("MATCH (s:Service) CREATE (:Probe)-[:REGISTERED]->(s), (:Instance {name: 'mine'})-[:REGISTERED]->(s)");

        assertThat(apply(2, registry).total()).isZero();
        assertThat(apply(3, registry).total()).isZero();
        assertThat(count("MATCH ()-[r:REGISTERED]->() RETURN count(r)")).isEqualTo(3);
    }

    @Test
    void update_keepsPeoplesOwnData() {
        apply(1, registry(namespace("shop", dependsOn("a", "b", instance("i-1", "v", "1")), service("b", Map.of()))));
        run("MATCH (s:Service {name: 'a'}) SET s.cost_center = 7, s:Critical CREATE (:Team)-[:OWNS]->(s)");
        run("MATCH (i:Instance) SET i.note = 'watch this'");
        run("MATCH (a:Service {name: 'b'}), (b:Service {name: 'a'}) CREATE (a)-[:DEP_ON {by: 'hand'}]->(b)");

        apply(2, registry(namespace("shop", dependsOn("a", "b", instance("i-1", "w", "2")), service("b", Map.of()))));
        applied(update(
                snapshot(
                        SCOPE,
                        3,
                        FULL,
                        registry(namespace(
                                "shop", dependsOn("a", "b", instance("i-1", "w", "2")), service("b", Map.of())))),
                "message-3"));

        assertThat(count("MATCH (:Team)-[:OWNS]->(s:Critical {cost_center: 7}) RETURN count(s)"))
                .isEqualTo(1);
        assertThat(count("MATCH (i:Instance {note: 'watch this', w: '2'}) WHERE i.v IS NULL RETURN count(i)"))
                .isEqualTo(1);
        assertThat(count("MATCH ()-[d:DEP_ON {by: 'hand'}]->() RETURN count(d)"))
                .isEqualTo(1);
    }

    @Test
    void update_keepsScopesApart() {
        Scope other = new Scope("444455556666:eu-west-1");
        apply(1, registry(namespace("shop", dependsOn("a", arn("theirs")))));
        applied(update(
                snapshot(
                        other,
                        5,
                        Orders.NONE,
                        registry(namespaceOf(
                                "444455556666", "billing", service("theirs", "theirs", Map.of(), Map.of())))),
                "other"));
        // An ARN may name another scope's service, once it is there.
        apply(2, registry(namespace("shop", dependsOn("a", arn("theirs")))));
        assertThat(count("MATCH (:Service {name: 'a'})-[d:DEP_ON]->(:Service {name: 'theirs'}) RETURN count(d)"))
                .isEqualTo(1);

        apply(3, registry());

        assertThat(count("MATCH (s:Service {scope: '" + other + "'}) RETURN count(s)"))
                .isEqualTo(1);
        assertThat(count("MATCH (s:Service {scope: '" + SCOPE + "'}) RETURN count(s)"))
                .isZero();
    }

    @Test
    void update_takesANamespaceOver_whenTheAccountOwnsIt() {
        Scope borrower = new Scope("444455556666:eu-west-1");
        Namespace shared = namespace("shared", service("a", Map.of(), instance("i-1")));
        applied(update(snapshot(borrower, 1, Orders.NONE, registry(shared)), "borrowed"));
        assertThat(count("MATCH (n {scope: '" + borrower + "'}) RETURN count(n)"))
                .isGreaterThan(3);

        apply(2, registry(shared));
        assertThat(count("MATCH (n:Namespace|Service|Instance {scope: '" + SCOPE + "'}) RETURN count(n)"))
                .isEqualTo(3);

        // It is not taken back, and what the owner holds is counted.
        applied(update(
                snapshot(borrower, 3, Orders.NONE, registry(namespace("shared", service("b", Map.of())))), "again"));
        assertThat(count("MATCH (s:Service {name: 'a', scope: '" + SCOPE + "'}) RETURN count(s)"))
                .isEqualTo(1);
        assertThat(count("MATCH (s:Service) RETURN count(s)")).isEqualTo(1);
        assertThat(count("MATCH (s:SyncState {scope: '" + borrower + "'}) RETURN s.held_by_others"))
                .isEqualTo(1);

        // Nor by another deployment of the owner's account.
        Scope second = new Scope(SCOPE + ":second");
        applied(update(snapshot(second, 4, Orders.NONE, registry(shared)), "second"));
        assertThat(count("MATCH (n:Namespace|Service|Instance {scope: '" + SCOPE + "'}) RETURN count(n)"))
                .isEqualTo(3);
    }

    @Test
    void update_keepsADeniedNamespace_asItWas() {
        Namespace shared =
                namespaceOf("444455556666", "shared", service("s", "s", Map.of(), Map.of(), instance("i-1")));
        Namespace own = namespace("own", dependsOn("a", "shared/s"));
        apply(1, registry(own, shared));

        Changes changes = apply(2, denied(registry(own), shared));

        assertThat(changes.total()).isZero();
        assertThat(count("MATCH (:Service {name: 'a'})-[:DEP_ON]->(:Service {name: 's'})<-[:REGISTERED]-()"
                        + " RETURN count(*)"))
                .isEqualTo(1);
        assertThat(run("MATCH (s:SyncState) RETURN s.denied_namespaces AS denied, s.services AS services")
                        .getFirst()
                        .asMap())
                .isEqualTo(Map.of("denied", List.of(shared.arn()), "services", 2L));

        apply(3, registry(own));
        assertThat(count("MATCH (s:Service) RETURN count(s)")).isEqualTo(1);
    }

    @Test
    void update_leavesWhatIsLeftInADeniedNamespace_alsoWhereItsServiceWasDeletedByHand() {
        Namespace shared =
                namespaceOf("444455556666", "shared", service("s", "s", Map.of(), Map.of(), instance("i-1")));
        apply(1, registry(namespace("own"), shared));
        run("MATCH (s:Service {name: 's'}) DETACH DELETE s");

        apply(2, denied(registry(namespace("own")), shared));

        assertThat(count("MATCH (i:Instance {name: 'i-1'}) RETURN count(i)")).isEqualTo(1);
        assertThat(count("MATCH (n:Namespace) WHERE n.updating IS NOT NULL RETURN count(n)"))
                .isZero();

        apply(3, registry(namespace("own"), shared));
        assertThat(count("MATCH (:Instance {name: 'i-1'})-[:REGISTERED]->(:Service {name: 's'}) RETURN count(*)"))
                .isEqualTo(1);
    }

    @Test
    void update_holdsBackAMassDeletion_untilTheThirdSnapshotSaysTheSame() {
        apply(1, registry(namespace("shop", services(12))));
        Registry few = registry(namespace("shop", services(5)));

        assertThat(update(snapshot(2, few), "m2")).isEqualTo(new HeldBack(7, 12, 1, 3));
        assertThat(update(snapshot(2, few), "m2")).isEqualTo(new HeldBack(7, 12, 1, 3));
        assertThat(count("MATCH (s:SyncState) RETURN s.held_back")).isEqualTo(7);
        assertThat(count("MATCH (s:SyncState) RETURN s.version")).isEqualTo(1);
        assertThat(update(snapshot(3, few), "m3")).isEqualTo(new HeldBack(7, 12, 2, 3));
        // An older one does not confirm a newer one.
        assertThat(update(snapshot(2, few), "m2")).isEqualTo(new HeldBack(7, 12, 2, 3));

        apply(4, few);

        assertThat(count("MATCH (s:Service) RETURN count(s)")).isEqualTo(5);
        assertThat(count("MATCH (s:SyncState) RETURN s.held_back")).isZero();
    }

    @Test
    void update_countsAnew_whenTheDeletionIsAnotherOrWasNotMeant() {
        Registry all = registry(namespace("shop", services(12)));
        apply(1, all);
        update(snapshot(2, registry(namespace("shop", services(5)))), "m2");
        assertThat(update(snapshot(3, registry(namespace("shop", services(4)))), "m3"))
                .isEqualTo(new HeldBack(8, 12, 1, 3));

        apply(4, all);

        assertThat(update(snapshot(5, registry(namespace("shop", services(4)))), "m5"))
                .isEqualTo(new HeldBack(8, 12, 1, 3));
    }

    @Test
    void update_deletesAtOnce_whenItIsMeant() {
        apply(1, registry(namespace("shop", services(12))));
        update(snapshot(2, registry()), "m2");

        Changes changes = applied(update(snapshot(SCOPE, 3, MEANT, registry()), "m3"));

        assertThat(changes.removed()).isEqualTo(25);
    }

    @Test
    void update_storesNamesThatCollideOrCannotBe_underOthers() {
        apply(
                1,
                registry(namespace(
                        "shop",
                        service(
                                "a",
                                "a",
                                Map.of("name", "tag", "shared", "tag", "nul\0", "x"),
                                Map.of("arn", "attribute", "shared", "attribute"),
                                instance("i-1", "key", "k", "attribute_key", "ak", "weird `name` {}", "v", "", "e")))));

        assertThat(run("MATCH (s:Service) RETURN s").getFirst().get("s").asMap())
                .containsEntry("name", "a")
                .containsEntry("tag_name", "tag")
                .containsEntry("shared", "tag")
                .containsEntry("attribute_shared", "attribute")
                .containsEntry("attribute_arn", "attribute")
                .containsEntry("nul\\u0000", "x");
        assertThat(run("MATCH (i:Instance) RETURN i").getFirst().get("i").asMap())
                .containsEntry("attribute_key", "k")
                .containsEntry("attribute_attribute_key", "ak")
                .containsEntry("weird `name` {}", "v")
                .containsEntry("attribute_", "e");
        assertThat(logged.toString(StandardCharsets.UTF_8)).contains("names that Neo4j cannot hold");
    }

    @Test
    void update_keepsTheNewestThousandChanges() {
        List<Service> services = new ArrayList<>();
        for (int i = 0; i < 1_500; i++) {
            services.add(service("s" + i, Map.of()));
        }
        apply(1, registry(namespace("shop", services.toArray(new Service[0]))));
        assertThat(count("MATCH (c:SyncChange) RETURN count(c)")).isEqualTo(1_000);

        services.set(0, service("s0", Map.of("new", "tag")));
        apply(2, registry(namespace("shop", services.toArray(new Service[0]))));

        assertThat(count("MATCH (c:SyncChange) RETURN count(c)")).isEqualTo(1_000);
        assertThat(count("MATCH (c:SyncChange {version: 2, kind: 'changed', name: 's0'}) RETURN count(c)"))
                .isEqualTo(1);

        // The scope's state is gone with all the rest: this looks like a first load, and is none.
        run("MATCH (n) WHERE NOT n:SyncChange DETACH DELETE n");
        apply(3, registry(namespace("shop", services.toArray(new Service[0]))));

        assertThat(count("MATCH (c:SyncChange {version: 3}) RETURN count(c)")).isEqualTo(1_000);
        assertThat(count("MATCH (c:SyncChange) RETURN count(c)")).isEqualTo(1_000);
    }

    @Test
    void update_isInOrder_whenManyUpdatersWorkAtOnce() throws Exception {
        run("SHOW CONSTRAINTS YIELD name RETURN name")
                .forEach(row -> run("DROP CONSTRAINT " + row.get("name").asString()));
        List<Callable<UpdateOutcome>> updates = new ArrayList<>();
        for (int version = 1; version <= 24; version++) {
            var snapshot = snapshot(
                    version, registry(namespace("shop", services(1 + version % 5)), namespace("n" + version % 3)));
            updates.add(() -> updater().update(snapshot, "m" + snapshot.header().version(), Instant.MAX));
        }
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (var outcome : threads.invokeAll(updates)) {
                assertThat(outcome.get()).isNotInstanceOf(HeldBack.class);
            }
        }

        assertThat(count("MATCH (s:SyncState) RETURN s.version")).isEqualTo(24);
        assertThat(count("MATCH (s:Service) RETURN count(s)")).isEqualTo(5);
        assertThat(count("MATCH (n:Namespace) RETURN count(n)")).isEqualTo(2);
    }

    @Test
    void update_leavesADependencyByArnUnresolved_whenItsTargetGoesWithTheSameUpdate() {
        Service a = dependsOn("a", arn("b"));
        apply(1, registry(namespace("shop", a, service("b", Map.of()))));
        assertThat(count("MATCH ()-[d:DEP_ON]->() RETURN count(d)")).isEqualTo(1);

        apply(2, registry(namespace("shop", a)));

        assertThat(run("MATCH (s:Service) RETURN s.unresolved_dependencies AS list")
                        .getFirst()
                        .get("list")
                        .asList())
                .isEqualTo(List.of(arn("b")));
        assertThat(count("MATCH (s:SyncState) RETURN s.dependencies")).isZero();
        assertThat(apply(3, registry(namespace("shop", a))).total()).isZero();
    }

    @Test
    void update_deletesWhatTheFormerHolderLeft_whenItTakesANamespaceOver() {
        Scope borrower = new Scope("444455556666:eu-west-1");
        applied(update(
                snapshot(
                        borrower,
                        1,
                        Orders.NONE,
                        registry(namespace(
                                "shared", service("old", Map.of(), instance("i-1")), service("a", Map.of())))),
                "borrowed"));

        apply(2, registry(namespace("shared", service("a", Map.of()))));

        assertThat(count("MATCH (n:Service|Instance) RETURN count(n)")).isEqualTo(1);
    }

    @Test
    void update_takesReleasedNamespaces_whoeverHadThem() throws Exception {
        Scope second = new Scope(SCOPE + ":second");
        apply(1, registry(namespace("shop", service("a", Map.of(), instance("i-1")), service("gone", Map.of()))));
        run("MATCH (s:Service {name: 'a'}) CREATE (:Team)-[:OWNS]->(s)");
        String document = Files.readString(Path.of("../docs/scopes.md"));
        for (String block : document.split("```cypher\n", -1)) {
            if (block.contains("SET n.scope = 'released'")) {
                for (String statement : block.substring(0, block.indexOf("```")).split(";", -1)) {
                    if (!statement.isBlank()) {
                        run(statement, Map.of("scope", SCOPE.value()));
                    }
                }
            }
        }

        applied(update(
                snapshot(second, 1, Orders.NONE, registry(namespace("shop", service("a", Map.of(), instance("i-1"))))),
                "second"));

        assertThat(count("MATCH (n:Namespace|Service|Instance {scope: '" + second + "'}) RETURN count(n)"))
                .isEqualTo(3);
        assertThat(count("MATCH (:Team)-[:OWNS]->(s:Service)<-[:REGISTERED]-() RETURN count(s)"))
                .isEqualTo(1);
        assertThat(count("MATCH (s:Service) RETURN count(s)")).isEqualTo(1);
        assertThat(count("MATCH (s:SyncState) RETURN count(s)")).isEqualTo(1);
    }

    @Test
    void update_carriesOutAFullSync_whenTheOneThatOrderedItWasHeldBack() {
        apply(1, registry(namespace("shop", services(12))));
        assertThat(update(snapshot(SCOPE, 2, FULL, registry()), "m2")).isInstanceOf(HeldBack.class);

        apply(3, registry(namespace("shop", services(12))));

        assertThat(count("MATCH (n:Service) WHERE n.update_id = 'message-3' RETURN count(n)"))
                .isEqualTo(12);
    }

    @Test
    void update_keepsWhatIsHeldBack_whenAnOlderSnapshotIsAppliedAfterIt() {
        apply(1, registry(namespace("shop", services(12))));
        run("MATCH (s:SyncState) SET s.note = 'by a person'");
        Registry few = registry(namespace("shop", services(2)));
        assertThat(update(snapshot(3, few), "m3")).isEqualTo(new HeldBack(10, 12, 1, 3));

        apply(2, registry(namespace("shop", services(12))));

        assertThat(count("MATCH (s:SyncState {note: 'by a person'}) RETURN s.held_back"))
                .isEqualTo(10);
        assertThat(update(snapshot(4, few), "m4")).isEqualTo(new HeldBack(10, 12, 2, 3));
    }

    @Test
    void update_refuses_whenAnIndexIsInTheWayOfAConstraint() {
        run("MATCH (n) DETACH DELETE n");
        run("DROP CONSTRAINT service_arn IF EXISTS");
        run("CREATE INDEX in_the_way FOR (s:Service) ON (s.arn)");
        try {
            assertThatThrownBy(() -> apply(1, registry())).hasMessageContaining("index");
            var report = new CheckReport();
            new GraphCheck(Neo4jForTests.DRIVER, "").addTo(report);
            assertThat(report.lines())
                    .filteredOn(line -> line.status() == CheckReport.Status.FAILED)
                    .singleElement()
                    .extracting(CheckReport.Line::detail)
                    .asString()
                    .contains("in_the_way");
        } finally {
            run("DROP INDEX in_the_way");
        }
        apply(2, registry());
    }

    @Test
    void update_beginsNoAttempt_whenItIsTooLate() {
        assertThatThrownBy(() -> updater.update(
                        snapshot(1, registry()), "late", CLOCK.instant().minusMillis(1)))
                .isInstanceOf(TooLateException.class);
    }

    private static Service[] services(int number) {
        Service[] services = new Service[number];
        for (int i = 0; i < number; i++) {
            services[i] = service("s" + i, Map.of(), instance("i-" + i));
        }
        return services;
    }
}
