package io.github.cloudmapgraph.message;

import io.github.cloudmapgraph.snapshot.Counts;
import io.github.cloudmapgraph.snapshot.SnapshotHeader;

/**
 * A message on the queue, read as far as is needed to order it among others.
 *
 * @param counts how much the snapshot holds
 * @param digest SHA-256 of the content's JSON, before compression, as lower-case hexadecimal digits
 * @param contentBytes the length of that JSON
 */
public record Envelope(SnapshotHeader header, Counts counts, String digest, long contentBytes, Content content) {
    /** Where the registry itself is. */
    public sealed interface Content {
        /** In the message, as JSON. */
        record Inline(String json) implements Content {}

        /** In a bucket, as JSON compressed with gzip. */
        record Stored(String bucket, String key) implements Content {}
    }
}
