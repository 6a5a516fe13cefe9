package io.github.cloudmapgraph.consumer.graph;

import io.github.cloudmapgraph.snapshot.Scope;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What an update added, changed and removed: written as {@code SyncChange} nodes in the update's own transaction. */
final class ChangeLog {
    /** How many changes of a scope are kept. */
    static final int KEPT = 1_000;

    enum Kind {
        ADDED,
        CHANGED,
        REMOVED
    }

    private record Entry(Kind kind, String label, String key, String name) {}

    private final List<Entry> entries = new ArrayList<>();
    private final Map<Kind, Integer> counts = new EnumMap<>(Kind.class);

    void add(Kind kind, String label, String key, String name) {
        counts.merge(kind, 1, Integer::sum);
        if (entries.size() < KEPT) {
            entries.add(new Entry(kind, label, key, name));
        }
    }

    Changes changes() {
        return new Changes(count(Kind.ADDED), count(Kind.CHANGED), count(Kind.REMOVED));
    }

    private int count(Kind kind) {
        return counts.getOrDefault(kind, 0);
    }

    /**
     * Writes it, and deletes the oldest entries of the scope.
     *
     * @param graphIsEmpty no entry was there before this update: there is none to delete
     */
    void write(Cypher cypher, Scope scope, long version, Instant at, boolean graphIsEmpty) {
        if (entries.isEmpty()) {
            return;
        }
        List<Map<String, String>> rows = entries.stream()
                .map(entry -> Map.of(
                        "kind",
                        entry.kind().name().toLowerCase(Locale.ROOT),
                        "label",
                        entry.label(),
                        "key",
                        entry.key(),
                        "name",
                        entry.name()))
                .toList();
        Map<String, Object> common =
                Map.of("scope", scope.value(), "version", version, "at", at.atZone(ZoneOffset.UTC));
        cypher.runForAll(Statement.WRITE_CHANGES, "rows", rows, Map.of("common", common));
        if (!graphIsEmpty) {
            cypher.run(Statement.TRIM_CHANGES, Map.of("scope", scope.value(), "keep", KEPT));
        }
    }
}
