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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

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
        NamespaceOwnership namespaces = NamespaceOwnership.claim(cypher, registry, scope, updateId);
        boolean graphIsEmpty = graphIsEmpty(state);
        Map<String, KnownService> known = graphIsEmpty ? new TreeMap<>() : KnownService.readAll(cypher, scope.value());
        boolean fullSync = snapshot.header().orders().fullSync() || state.fullSyncDue();
        boolean lookForStrays = fullSync || (!graphIsEmpty && instancesAreUnregistered());
        Map<String, KnownService> kept = inDeniedNamespaces(known);
        List<ServiceState> wanted = wanted(namespaces, known, kept);
        SortedSet<String> gone = gone(known, kept, wanted);
        requireConfirmed(new MassDeletion(gone, known.size()), state);

        writeNamespaces(namespaces, fullSync);
        var services = new ServiceReconciliation(cypher, scope, updateId, graphIsEmpty, fullSync, changes);
        services.reconcile(wanted.stream()
                .filter(service -> fullSync || !matches(known.get(service.arn()), service))
                .toList());
        deleteServices(gone, known);
        deleteLeftBehind(wanted, namespaces);
        if (lookForStrays) {
            services.deleteStrayInstances(wanted, kept.keySet());
        }
        services.writeDependencies();
        deleteNamespaces(namespaces);

        changes.write(cypher, scope, snapshot.header().version(), now, graphIsEmpty);
        cypher.run(
                Statement.WRITE_SYNC_STATE,
                Map.of(
                        "scope",
                        scope.value(),
                        "properties",
                        new SyncStateNode(snapshot.header(), updateId, now, changes.changes())
                                .properties(
                                        state,
                                        wanted,
                                        kept.values(),
                                        namespaces,
                                        registry.denied(),
                                        content(wanted, namespaces),
                                        fullSync)));
        return new Result(changes.changes(), unresolved(wanted), namespaces.heldByOthers(), services.escapedNames());
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

    /**
     * No service, instance or change was there before this update, not even another scope's, or leftovers under its
     * keys. Only a first load asks, and only under the locks of its namespaces.
     */
    private boolean graphIsEmpty(SyncState state) {
        return state.isNew()
                && cypher.read(Statement.COUNT_NODES, Map.of())
                                .getFirst()
                                .get("nodes")
                                .asLong()
                        == 0;
    }

    /** Where a service was deleted by hand, its instances are tied to nothing, also where it went from the registry. */
    private boolean instancesAreUnregistered() {
        return cypher.read(Statement.FIND_UNREGISTERED, Map.of())
                .getFirst()
                .get("unregistered")
                .asBoolean();
    }

    /** A shared namespace that could not be read: its part of the graph stays as it is. */
    private Map<String, KnownService> inDeniedNamespaces(Map<String, KnownService> known) {
        Set<String> denied =
                registry.denied().stream().map(DeniedNamespace::arn).collect(Collectors.toSet());
        Map<String, KnownService> kept = new TreeMap<>();
        known.forEach((arn, service) -> {
            if (denied.contains(service.namespaceArn())) {
                kept.put(arn, service);
            }
        });
        return kept;
    }

    private List<ServiceState> wanted(
            NamespaceOwnership namespaces, Map<String, KnownService> known, Map<String, KnownService> kept) {
        DependencyResolver resolver = resolver(namespaces, known, kept);
        Map<String, ServiceState> wanted = new TreeMap<>();
        for (Namespace namespace : namespaces.ours().keySet()) {
            for (Service service : namespace.services()) {
                wanted.put(
                        service.arn(),
                        ServiceState.of(
                                service,
                                requireNonNull(serviceDigests.get(service.arn())),
                                namespace,
                                scope,
                                resolver.resolve(service, namespace.arn())));
            }
        }
        return List.copyOf(wanted.values());
    }

    /** Knows every service that can be depended on: the snapshot's, those kept, and other scopes' that are named. */
    private DependencyResolver resolver(
            NamespaceOwnership namespaces, Map<String, KnownService> known, Map<String, KnownService> kept) {
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
                    .filter(arn -> !known.containsKey(arn) || kept.containsKey(arn))
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
            Map<String, KnownService> known, Map<String, KnownService> kept, List<ServiceState> wanted) {
        SortedSet<String> gone = new TreeSet<>(known.keySet());
        gone.removeAll(kept.keySet());
        wanted.forEach(service -> gone.remove(service.arn()));
        return gone;
    }

    private static boolean matches(@org.jspecify.annotations.Nullable KnownService known, ServiceState wanted) {
        return known != null && known.matches(wanted);
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

    private void deleteServices(SortedSet<String> gone, Map<String, KnownService> known) {
        Map<String, String> names = new TreeMap<>();
        gone.forEach(arn -> {
            KnownService service = known.get(arn);
            names.put(arn, service == null ? "" : service.name());
        });
        delete(names, List.of(scope.value()));
    }

    /** Deletes what the former holder of a namespace wrote there and the registry does not hold: nobody else will. */
    private void deleteLeftBehind(List<ServiceState> wanted, NamespaceOwnership namespaces) {
        if (namespaces.takenOver().isEmpty()) {
            return;
        }
        List<String> formerScopes = List.copyOf(namespaces.formerScopes());
        Map<String, String> leftBehind = new TreeMap<>();
        cypher.read(Statement.READ_SERVICES_TAKEN_OVER, Map.of("arns", namespaces.takenOver(), "scopes", formerScopes))
                .forEach(row -> leftBehind.put(
                        row.get("arn").asString(), row.get("name").asString("")));
        wanted.forEach(service -> leftBehind.remove(service.arn()));
        delete(leftBehind, formerScopes);
    }

    /** Deletes services, given as ARNs with their names, and their instances, if they are of these scopes. */
    private void delete(Map<String, String> services, List<String> scopes) {
        if (services.isEmpty()) {
            return;
        }
        services.forEach((arn, name) -> changes.add(Kind.REMOVED, "Service", arn, name));
        cypher.read(
                        Statement.DELETE_INSTANCES_OF_SERVICES,
                        Map.of("arns", List.copyOf(services.keySet()), "scopes", scopes))
                .forEach(row -> changes.add(
                        Kind.REMOVED,
                        "Instance",
                        row.get("key").asString(),
                        row.get("name").asString("")));
        cypher.runForAll(Statement.DELETE_SERVICES, "arns", services.keySet(), Map.of("scopes", scopes));
    }

    private void deleteNamespaces(NamespaceOwnership namespaces) {
        namespaces.gone().forEach((arn, name) -> changes.add(Kind.REMOVED, "Namespace", arn, name));
        cypher.runForAll(
                Statement.DELETE_NAMESPACES, "arns", namespaces.gone().keySet(), Map.of("scope", scope.value()));
    }

    /** The name of the applied content, where nothing but the snapshot decides what the graph holds of it. */
    private String content(List<ServiceState> wanted, NamespaceOwnership namespaces) {
        return !contentDigest.isEmpty()
                        && registry.denied().isEmpty()
                        && namespaces.heldByOthers().isEmpty()
                        && AppliedContent.decidesAlone(wanted)
                ? AppliedContent.name(snapshot.header().version(), contentDigest)
                : "";
    }

    /** The services with dependencies that name nothing, or several things; what they name is a tag's value. */
    private static List<String> unresolved(List<ServiceState> wanted) {
        return wanted.stream()
                .filter(service -> !service.dependencies().unresolved().isEmpty())
                .map(service -> service.service().arn())
                .toList();
    }
}
