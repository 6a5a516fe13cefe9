package io.github.cloudmapgraph.consumer.graph;

import io.github.cloudmapgraph.snapshot.DeniedNamespace;
import io.github.cloudmapgraph.snapshot.Namespace;
import io.github.cloudmapgraph.snapshot.SnapshotHeader;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The properties of a {@code SyncState} node after an update.
 *
 * @param header that of the snapshot
 */
record SyncStateNode(SnapshotHeader header, String updateId, Instant now, ChangeLog changeLog) {
    private static final Set<String> OPTIONAL = Set.of(
            "updating",
            "changed_at",
            "full_sync_at",
            "full_sync_due",
            "held_by_others_arns",
            "denied_namespaces",
            "content");

    private static final Set<String> HELD_BACK =
            Set.of("held_back_of", "held_back_seen", "held_back_version", "held_back_digest", "held_back_at");

    /**
     * Returns the properties after an update that read the snapshot.
     *
     * @param content names its content, where nothing else decides what the graph holds; else empty
     */
    Map<String, @Nullable Object> properties(
            SyncState before,
            Collection<ServiceState> wanted,
            Collection<KnownService> kept,
            NamespaceOwnership namespaces,
            List<DeniedNamespace> denied,
            String content,
            boolean fullSync) {
        Map<String, @Nullable Object> state = howFresh(before);
        if (fullSync) {
            state.put("full_sync_at", utc(now));
        }
        if (!content.isEmpty()) {
            state.put("content", content);
        }
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
        if (!denied.isEmpty()) {
            state.put(
                    "denied_namespaces",
                    denied.stream().map(DeniedNamespace::arn).sorted().toList());
        }
        forget(state, before, OPTIONAL);
        return state;
    }

    /** Returns the properties after a snapshot of the same content: the counts stay as they are. */
    Map<String, @Nullable Object> propertiesOfTheSame(SyncState before, String content) {
        Map<String, @Nullable Object> state = howFresh(before);
        state.put("content", content);
        forget(state, before, OPTIONAL);
        return state;
    }

    /** Writes it, and what the update changed. */
    void write(Cypher cypher, Map<String, @Nullable Object> properties) {
        String scope = header.scope().value();
        cypher.run(
                Statement.WRITE_SYNC_STATE,
                Map.of(
                        "scope",
                        scope,
                        "properties",
                        properties,
                        "changes",
                        changeLog.rows(),
                        "common",
                        Map.of("scope", scope, "version", header.version(), "at", utc(now))));
    }

    private Map<String, @Nullable Object> howFresh(SyncState before) {
        Map<String, @Nullable Object> state = new TreeMap<>();
        state.put("scope", header.scope().value());
        state.put("version", header.version());
        state.put("update_id", updateId);
        state.put("captured_at", utc(header.capturedAt()));
        state.put("applied_at", utc(now));
        header.changedAt().ifPresent(changedAt -> state.put("changed_at", utc(changedAt)));
        if (before.properties().get("full_sync_at") instanceof ZonedDateTime lastFullSync) {
            state.put("full_sync_at", lastFullSync);
        }
        Changes changes = changeLog.changes();
        state.put("added", (long) changes.added());
        state.put("changed", (long) changes.changed());
        state.put("removed", (long) changes.removed());
        if (before.heldBack().version() < header.version()) {
            // An older snapshot than the one held back says nothing of it: it stays held back.
            state.put("held_back", 0L);
            forget(state, before, HELD_BACK);
        }
        return state;
    }

    /** Removes what the sync wrote earlier and does not write now; people's own properties stay. */
    private static void forget(Map<String, @Nullable Object> state, SyncState before, Set<String> names) {
        for (String name : names) {
            if (before.properties().containsKey(name) && !state.containsKey(name)) {
                state.put(name, null);
            }
        }
    }

    /** The properties to add when a snapshot was held back. */
    static Map<String, Object> heldBack(MassDeletion deletion, int seen, SnapshotHeader header, Instant now) {
        Map<String, Object> heldBack = new TreeMap<>();
        heldBack.put("held_back", (long) deletion.gone().size());
        heldBack.put("held_back_of", (long) deletion.ofServices());
        heldBack.put("held_back_seen", (long) seen);
        heldBack.put("held_back_version", header.version());
        heldBack.put("held_back_digest", deletion.digest());
        heldBack.put("held_back_at", utc(now));
        if (header.orders().fullSync()) {
            // The message is done with; the order is not.
            heldBack.put("full_sync_due", true);
        }
        return heldBack;
    }

    private static ZonedDateTime utc(Instant instant) {
        return instant.atZone(ZoneOffset.UTC);
    }
}
