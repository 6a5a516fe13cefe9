package io.github.cloudmapgraph.consumer.graph;

import io.github.cloudmapgraph.snapshot.DeniedNamespace;
import io.github.cloudmapgraph.snapshot.Namespace;
import io.github.cloudmapgraph.snapshot.Snapshot;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The properties of a {@code SyncState} node after an update. */
record SyncStateNode(Snapshot snapshot, String updateId, Instant now, Changes changes) {
    Map<String, Object> properties(
            SyncState before,
            List<ServiceState> wanted,
            Collection<KnownService> kept,
            NamespaceOwnership namespaces,
            boolean fullSync) {
        Map<String, Object> state = new TreeMap<>();
        state.put("scope", snapshot.header().scope().value());
        state.put("version", snapshot.header().version());
        state.put("update_id", updateId);
        state.put("captured_at", utc(snapshot.header().capturedAt()));
        state.put("applied_at", utc(now));
        snapshot.header().changedAt().ifPresent(changedAt -> state.put("changed_at", utc(changedAt)));
        if (fullSync) {
            state.put("full_sync_at", utc(now));
        } else if (before.properties().get("full_sync_at") instanceof ZonedDateTime lastFullSync) {
            state.put("full_sync_at", lastFullSync);
        }
        state.put("added", (long) changes.added());
        state.put("changed", (long) changes.changed());
        state.put("removed", (long) changes.removed());

        List<DeniedNamespace> denied = snapshot.registry().denied();
        state.put("namespaces", (long) namespaces.ours().size());
        state.put("services", (long) wanted.size() + kept.size());
        state.put(
                "instances",
                wanted.stream()
                                .mapToLong(
                                        service -> service.service().instances().size())
                                .sum()
                        + kept.stream().mapToLong(KnownService::registered).sum());
        state.put(
                "dependencies",
                wanted.stream()
                                .mapToLong(service ->
                                        service.dependencies().resolved().size())
                                .sum()
                        + kept.stream().mapToLong(KnownService::dependencies).sum());
        state.put(
                "unresolved_dependencies",
                wanted.stream()
                        .mapToLong(
                                service -> service.dependencies().unresolved().size())
                        .sum());
        state.put("held_by_others", (long) namespaces.heldByOthers().size());
        if (!namespaces.heldByOthers().isEmpty()) {
            state.put(
                    "held_by_others_arns",
                    namespaces.heldByOthers().stream().map(Namespace::arn).toList());
        }
        state.put("held_back", 0L);
        if (!denied.isEmpty()) {
            state.put(
                    "denied_namespaces",
                    denied.stream().map(DeniedNamespace::arn).sorted().toList());
        }
        return state;
    }

    /** The properties to add when a snapshot was held back. */
    static Map<String, Object> heldBack(MassDeletion deletion, int seen, long version, Instant now) {
        return Map.of(
                "held_back",
                (long) deletion.gone().size(),
                "held_back_of",
                (long) deletion.ofServices(),
                "held_back_seen",
                (long) seen,
                "held_back_version",
                version,
                "held_back_digest",
                deletion.digest(),
                "held_back_at",
                utc(now));
    }

    private static ZonedDateTime utc(Instant instant) {
        return instant.atZone(ZoneOffset.UTC);
    }
}
