package io.github.cloudmapgraph.consumer.graph;

import io.github.cloudmapgraph.snapshot.Snapshot;
import java.util.Map;

/**
 * A snapshot with a digest of what it says of each service, so that an update compares services and not instances.
 *
 * <p>To digest looks at every instance. It is done before an update begins, where no lock is held.
 *
 * @param contents the digests, by the services' ARNs
 */
public record DigestedSnapshot(Snapshot snapshot, Map<String, byte[]> contents) {
    /** Digests a snapshot. */
    public static DigestedSnapshot of(Snapshot snapshot) {
        return new DigestedSnapshot(snapshot, ServiceDigest.ofContents(snapshot.registry()));
    }
}
