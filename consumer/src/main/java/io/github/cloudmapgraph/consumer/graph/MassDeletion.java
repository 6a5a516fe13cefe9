package io.github.cloudmapgraph.consumer.graph;

import java.nio.charset.StandardCharsets;
import java.util.SortedSet;
import java.util.UUID;

/**
 * The deletion of a large share of a scope's services at once: it may be a namespace that is not shared any more, or a
 * mistake, so it is confirmed first.
 *
 * @param gone the ARNs of the services that would go
 * @param ofServices how many services the scope has
 */
record MassDeletion(SortedSet<String> gone, int ofServices) {
    boolean needsConfirmation(GraphOptions options) {
        return ofServices >= options.massDeletionMinServices()
                && gone.size() * 100L > (long) ofServices * options.massDeletionPercent();
    }

    /** Returns how many snapshots in a row have said the same, the one of that version included. */
    int seen(SyncState.HeldBack before, long version) {
        if (!before.digest().equals(digest())) {
            return 1;
        }
        // An older snapshot, or the same one delivered again, confirms nothing.
        return version > before.version() ? before.seen() + 1 : before.seen();
    }

    String digest() {
        return UUID.nameUUIDFromBytes(String.join(" ", gone).getBytes(StandardCharsets.UTF_8))
                .toString();
    }
}
