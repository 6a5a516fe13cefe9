package io.github.cloudmapgraph.consumer.graph;

import static java.util.Objects.requireNonNull;

import io.github.cloudmapgraph.consumer.graph.ChangeLog.Kind;
import io.github.cloudmapgraph.log.Log;
import io.github.cloudmapgraph.snapshot.DeniedNamespace;
import io.github.cloudmapgraph.snapshot.Namespace;
import io.github.cloudmapgraph.snapshot.Registry;
import io.github.cloudmapgraph.snapshot.Scope;
import io.github.cloudmapgraph.snapshot.Service;
import io.github.cloudmapgraph.snapshot.Snapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.neo4j.driver.Record;

/** One update, in one transaction: everything between the lock on {@code SyncState} and the commit. */
final class GraphUpdate {
    private final Cypher cypher;
    private final Registry registry;
    private final Snapshot snapshot;
    private final String contentDigest;
    private final Map<String, byte[]> serviceDigests;
    private final Scope scope;
    private final String updateId;
    private final Instant now;
    private final GraphOptions options;
    private final ChangeLog changes = new ChangeLog();

    /** What the update did, and what is to be said of it once it is committed. */
    record Result(Changes changes, List<String> unresolved, List<Namespace> heldByOthers, Set<String> escapedNames) {
        void report(Log log) {
            if (!unresolved.isEmpty()) {
                log.warn(
                        "Some dependencies name a service that is not there, or several",
                        "services",
                        unresolved.size(),
                        "first",
                        unresolved.subList(0, Math.min(20, unresolved.size())),
                        "see",
                        "unresolved_dependencies of these services");
            }
            if (!heldByOthers.isEmpty()) {
                log.warn(
                        "Some namespaces belong to another scope and are left to it",
                        "namespaces",
                        heldByOthers.stream().map(Namespace::arn).toList());
            }
            if (!escapedNames.isEmpty()) {
                log.warn(
                        "Some attributes have names that Neo4j cannot hold; they are stored under escaped ones",
                        "names",
                        escapedNames);
            }
        }
    }

    GraphUpdate(Cypher cypher, DigestedSnapshot digested, String updateId, Instant now, GraphOptions options) {
        this.cypher = cypher;
        this.contentDigest = digested.contentDigest();
        this.serviceDigests = digested.services();
        this.snapshot = digested.snapshot();
        this.registry = snapshot.registry();
        this.scope = snapshot.header().scope();
        this.updateId = updateId;
        this.now = now;
        this.options = options;
    }

    /**
     * Makes the scope's part of the graph equal to the snapshot.
     *
     * @throws NotApplied if nothing is to be changed; the transaction is then rolled back
     */
    Result run() {
        SyncState state = SyncState.lockAndRead(cypher, scope.value(), updateId);
        state.requireOlderThan(snapshot.header().version());
        NamespaceOwnership namespaces = NamespaceOwnership.claim(cypher, registry, scope, state.namespaces(), updateId);
        boolean graphIsEmpty = state.isNew() && namespaces.graphIsEmpty();
        Supplier<KnownServices> reading = graphIsEmpty ? () -> KnownServices.NONE : readKnown(state);
        Map<String, KnownService> kept = inDeniedNamespaces(reading);
        Map<String, ServiceState> wanted = wanted(namespaces, resolver(namespaces, reading, kept));
        KnownServices known = reading.get();
        SortedSet<String> gone = gone(known, kept, wanted);
        requireConfirmed(new MassDeletion(gone, known.digests().size()), state);

        boolean fullSync = snapshot.header().orders().fullSync() || state.fullSyncDue();
        writeNamespaces(namespaces, fullSync);
        var services = new ServiceReconciliation(cypher, scope, updateId, graphIsEmpty, fullSync, changes);
        services.reconcile(wanted.values().stream()
                .filter(service -> fullSync || !known.match(service))
                .sorted(Comparator.comparing(ServiceState::arn))
                .toList());
        deleteServices(gone, List.of(scope.value()));
        deleteLeftBehind(wanted.keySet(), namespaces);
        // What is in a namespace that could not be read is left as it is, also instances whose service somebody
        // deleted.
        if (registry.denied().isEmpty() && (fullSync || known.damage().unregistered())) {
            services.deleteStrayInstances(wanted.keySet());
        }
        services.writeDependencies();
        deleteNamespaces(namespaces);

        var node = new SyncStateNode(snapshot.header(), updateId, now, changes);
        node.write(
                cypher,
                node.properties(
                        state,
                        wanted.values(),
                        kept.values(),
                        namespaces,
                        registry.denied(),
                        content(wanted, namespaces),
                        fullSync));
        if (!graphIsEmpty && changes.changes().total() > 0) {
            cypher.run(Statement.TRIM_CHANGES, Map.of("scope", scope.value(), "keep", ChangeLog.KEPT));
        }
        return new Result(
                changes.changes(), unresolved(wanted.values()), namespaces.heldByOthers(), services.escapedNames());
    }

    private void requireConfirmed(MassDeletion deletion, SyncState state) {
        if (snapshot.header().orders().allowMassDeletion() || !deletion.needsConfirmation(options)) {
            return;
        }
        int seen = deletion.seen(state.heldBack(), snapshot.header().version());
        if (seen < options.massDeletionConfirmations()) {
            throw new NotApplied(new NotApplied.Reason.Unconfirmed(deletion, seen));
        }
    }

    /** Begins to read them; what can be told without them is told meanwhile. */
    private Supplier<KnownServices> readKnown(SyncState state) {
        boolean inDetail = !registry.denied().isEmpty();
        return KnownServices.read(cypher, scope.value(), state, inDetail);
    }

    /** A shared namespace that could not be read: its part of the graph stays as it is. */
    private Map<String, KnownService> inDeniedNamespaces(Supplier<KnownServices> known) {
        return registry.denied().isEmpty()
                ? Map.of()
                : known.get()
                        .in(registry.denied().stream().map(DeniedNamespace::arn).collect(Collectors.toSet()));
    }

    private Map<String, ServiceState> wanted(NamespaceOwnership namespaces, DependencyResolver resolver) {
        var digest = new ServiceDigest();
        Map<String, ServiceState> wanted = new HashMap<>();
        for (Namespace namespace : namespaces.ours().keySet()) {
            for (Service service : namespace.services()) {
                Dependencies dependencies = resolver.resolve(service, namespace.arn());
                byte[] content = requireNonNull(serviceDigests.get(service.arn()));
                wanted.put(
                        service.arn(),
                        new ServiceState(
                                service,
                                namespace,
                                scope,
                                dependencies,
                                digest.of(content, namespace, scope, dependencies)));
            }
        }
        return wanted;
    }

    /** Knows every service that can be depended on: the snapshot's, those kept, and other scopes' that are named. */
    private DependencyResolver resolver(
            NamespaceOwnership namespaces, Supplier<KnownServices> known, Map<String, KnownService> kept) {
        var resolver = new DependencyResolver();
        Set<String> uncertain = new TreeSet<>();
        for (Namespace namespace : registry.namespaces()) {
            boolean ours = namespaces.ours().containsKey(namespace);
            for (Service service : namespace.services()) {
                resolver.add(service.arn(), service.name(), namespace.arn(), namespace.name());
                if (!ours) {
                    uncertain.add(service.arn());
                }
            }
        }
        kept.values()
                .forEach(service ->
                        resolver.add(service.arn(), service.name(), service.namespaceArn(), service.namespaceName()));
        namespaces.ours().keySet().stream()
                .flatMap(namespace -> namespace.services().stream())
                .forEach(service -> resolver.foreignArns(service, uncertain));
        if (!uncertain.isEmpty()) {
            Set<String> there = cypher.read(Statement.FIND_SERVICES, Map.of("arns", List.copyOf(uncertain))).stream()
                    .map(row -> row.get("arn").asString())
                    // Ours, and neither in the snapshot nor kept: it goes with this very update.
                    .filter(arn -> !known.get().contains(arn) || kept.containsKey(arn))
                    .collect(Collectors.toSet());
            for (String arn : uncertain) {
                if (there.contains(arn)) {
                    resolver.addForeign(arn);
                } else {
                    resolver.removeArn(arn);
                }
            }
        }
        return resolver;
    }

    private static SortedSet<String> gone(
            KnownServices known, Map<String, KnownService> kept, Map<String, ServiceState> wanted) {
        SortedSet<String> gone = new TreeSet<>();
        for (String arn : known.digests().keySet()) {
            if (!wanted.containsKey(arn) && !kept.containsKey(arn)) {
                gone.add(arn);
            }
        }
        return gone;
    }

    private void writeNamespaces(NamespaceOwnership namespaces, boolean fullSync) {
        List<Map<String, Object>> rows = new ArrayList<>();
        Set<String> stillLocked = new TreeSet<>(namespaces.locked());
        namespaces.ours().forEach((namespace, stored) -> {
            boolean isNew = !stored.containsKey("scope");
            var difference =
                    Difference.between(stored, NamespaceNode.properties(namespace, scope), NamespaceNode.OWNED);
            boolean changed = difference.set().keySet().stream().anyMatch(name -> !name.equals("updating"));
            if (changed) {
                changes.add(isNew ? Kind.ADDED : Kind.CHANGED, "Namespace", namespace.arn(), namespace.name());
            }
            if (changed || fullSync) {
                Map<String, Object> row = new HashMap<>();
                row.put("arn", namespace.arn());
                row.put("set", difference.stamped(updateId));
                rows.add(row);
                // What is written takes the lock's property away too.
                stillLocked.remove(namespace.arn());
            }
        });
        cypher.runForAll(Statement.WRITE_NAMESPACES, "rows", rows);
        cypher.runForAll(Statement.UNLOCK_NAMESPACES, "arns", stillLocked);
    }

    /** Deletes what the former holder of a namespace wrote there and the registry does not hold: nobody else will. */
    private void deleteLeftBehind(Set<String> wanted, NamespaceOwnership namespaces) {
        if (namespaces.takenOver().isEmpty()) {
            return;
        }
        List<String> formerScopes = List.copyOf(namespaces.formerScopes());
        SortedSet<String> leftBehind = new TreeSet<>();
        cypher.read(Statement.READ_SERVICES_TAKEN_OVER, Map.of("arns", namespaces.takenOver(), "scopes", formerScopes))
                .forEach(row -> leftBehind.add(row.get("arn").asString()));
        leftBehind.removeAll(wanted);
        deleteServices(leftBehind, formerScopes);
    }

    /** Deletes services and their instances, if they are of these scopes. */
    private void deleteServices(SortedSet<String> arns, List<String> scopes) {
        if (arns.isEmpty()) {
            return;
        }
        Map<String, Object> these = Map.of("arns", List.copyOf(arns), "scopes", scopes);
        cypher.read(Statement.DELETE_SERVICES, these).forEach(row -> removed("Service", row));
        cypher.read(Statement.DELETE_INSTANCES_OF_SERVICES, these).forEach(row -> removed("Instance", row));
    }

    private void removed(String label, Record row) {
        changes.add(
                Kind.REMOVED, label, row.get("key").asString(), row.get("name").asString(""));
    }

    private void deleteNamespaces(NamespaceOwnership namespaces) {
        namespaces.gone().forEach((arn, name) -> changes.add(Kind.REMOVED, "Namespace", arn, name));
        cypher.runForAll(
                Statement.DELETE_NAMESPACES, "arns", namespaces.gone().keySet(), Map.of("scope", scope.value()));
    }

    /** The name of the applied content, where nothing but the snapshot decides what the graph holds of it. */
    private String content(Map<String, ServiceState> wanted, NamespaceOwnership namespaces) {
        return !contentDigest.isEmpty()
                        && registry.denied().isEmpty()
                        && namespaces.heldByOthers().isEmpty()
                        && AppliedContent.decidesAlone(wanted)
                ? AppliedContent.name(snapshot.header().version(), contentDigest)
                : "";
    }

    /** The services with dependencies that name nothing, or several things; what they name is a tag's value. */
    private static List<String> unresolved(Collection<ServiceState> wanted) {
        return wanted.stream()
                .filter(service -> !service.dependencies().unresolved().isEmpty())
                .map(ServiceState::arn)
                .sorted()
                .toList();
    }
}
