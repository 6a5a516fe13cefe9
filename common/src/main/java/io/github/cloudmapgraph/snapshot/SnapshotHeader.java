package io.github.cloudmapgraph.snapshot;

import java.time.Instant;
import java.util.Optional;

/**
 * What identifies a snapshot and orders it among the others of its scope.
 *
 * @param version milliseconds since 1970, drawn before the first Cloud Map call: what Cloud Map showed then is in the
 *     snapshot
 * @param capturedAt when the read began: what Cloud Map showed then is in the snapshot, what changed later may be
 * @param changedAt when the change happened that caused the read, where an event told
 */
public record SnapshotHeader(
        Scope scope, long version, Instant capturedAt, Optional<Instant> changedAt, Orders orders) {
    public SnapshotHeader {
        if (version <= 0) {
            throw new IllegalArgumentException("version " + version + " is not a positive number of milliseconds");
        }
    }
}
