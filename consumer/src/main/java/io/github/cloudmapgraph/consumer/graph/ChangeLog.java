package io.github.cloudmapgraph.consumer.graph;

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

    /** The rows of {@link Statement#WRITE_SYNC_STATE}. */
    List<Map<String, String>> rows() {
        return entries.stream()
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
    }
}
