package io.github.cloudmapgraph.consumer.graph;

import io.github.cloudmapgraph.snapshot.Snapshot;
import java.util.Map;

/**
 * A snapshot with a digest of what it says of each service, so that an update compares services and not instances.
 *
 * <p>To digest looks at every instance. It is done before the transaction begins: the lease is held then, and no lock
 * in Neo4j.
 *
 * @param contentDigest the digest of all of its content, as its message says it; empty where no message carried it
 * @param services the digests of the services, by their ARNs
 */
public record DigestedSnapshot(Snapshot snapshot, String contentDigest, Map<String, byte[]> services) {
    /** Digests the services of a snapshot. */
    public static DigestedSnapshot of(Snapshot snapshot, String contentDigest) {
        return new DigestedSnapshot(snapshot, contentDigest, ServiceDigest.ofContents(snapshot.registry()));
    }
}
