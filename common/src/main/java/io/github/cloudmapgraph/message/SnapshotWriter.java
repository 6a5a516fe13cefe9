package io.github.cloudmapgraph.message;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonGenerator;
import io.github.cloudmapgraph.snapshot.Counts;
import io.github.cloudmapgraph.snapshot.Snapshot;
import io.github.cloudmapgraph.snapshot.SnapshotHeader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** Turns a snapshot into a message's body: with the registry in it where it fits, else with a pointer to it. */
public final class SnapshotWriter {
    /**
     * A message's body.
     *
     * @param contentBytes the length of the registry's JSON
     * @param storedAt the key of the stored object, where the registry did not fit into the message
     * @param storedBytes the stored object's length; 0 where nothing is stored
     */
    public record Body(String text, long contentBytes, Optional<String> storedAt, long storedBytes) {}

    /** Writes the field that holds the content, or tells where it is. */
    @FunctionalInterface
    private interface Content {
        void write(JsonGenerator json) throws IOException;
    }

    private static final String GZIP = "application/gzip";

    private final Supplier<S3Client> s3;
    private final String bucket;
    private final int maxMessageBytes;

    /**
     * Creates a writer.
     *
     * @param bucket where large snapshots are stored; empty where there is none
     * @param maxMessageBytes the largest body that is sent; SQS takes 1,048,576 bytes
     */
    public SnapshotWriter(S3Client s3, String bucket, int maxMessageBytes) {
        this(() -> s3, bucket, maxMessageBytes);
    }

    /** Creates a writer that asks for its client only when it has something to store. */
    public SnapshotWriter(Supplier<S3Client> s3, String bucket, int maxMessageBytes) {
        this.s3 = s3;
        this.bucket = bucket;
        this.maxMessageBytes = maxMessageBytes;
    }

    /**
     * Writes a snapshot, and stores its registry where it is too large for a message.
     *
     * @throws IllegalStateException if it is too large for a message and no bucket is configured, or larger than any
     *     reader accepts
     */
    public Body write(Snapshot snapshot) {
        try {
            return body(snapshot);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Body body(Snapshot snapshot) throws IOException {
        var content = new ContentBuffer(maxMessageBytes);
        RegistryWriter.write(snapshot.registry(), content);
        if (content.length() > SnapshotReader.MAX_CONTENT_BYTES) {
            throw new IllegalStateException("the snapshot takes " + content.length() + " bytes; at most "
                    + SnapshotReader.MAX_CONTENT_BYTES + " can be sent: limit what is read with NAMESPACES");
        }
        String digest = content.digest();
        byte[] plain = content.plain();
        if (plain != null) {
            byte[] inline = envelope(snapshot, digest, content.length(), json -> {
                json.writeFieldName("content");
                json.writeRawValue(new String(plain, StandardCharsets.UTF_8));
            });
            if (inline.length <= maxMessageBytes) {
                return new Body(new String(inline, StandardCharsets.UTF_8), content.length(), Optional.empty(), 0);
            }
        }
        if (bucket.isEmpty()) {
            throw new IllegalStateException("the snapshot takes " + content.length() + " bytes, a message at most "
                    + maxMessageBytes + ": configure a bucket for large snapshots (SNAPSHOT_BUCKET)");
        }
        String key = "snapshots/" + snapshot.header().scope().value().replace(':', '/') + "/"
                + snapshot.header().version() + ".json.gz";
        long storedBytes = content.compress();
        s3.get()
                .putObject(
                        put -> put.bucket(bucket).key(key).contentType(GZIP),
                        RequestBody.fromContentProvider(content::openCompressed, storedBytes, GZIP));
        byte[] pointer = envelope(snapshot, digest, content.length(), json -> {
            json.writeObjectFieldStart("content_at");
            json.writeStringField("bucket", bucket);
            json.writeStringField("key", key);
            json.writeEndObject();
        });
        return new Body(new String(pointer, StandardCharsets.UTF_8), content.length(), Optional.of(key), storedBytes);
    }

    private static byte[] envelope(Snapshot snapshot, String digest, long contentBytes, Content content)
            throws IOException {
        SnapshotHeader header = snapshot.header();
        Counts counts = snapshot.registry().counts();
        var bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = MessageJson.FACTORY.createGenerator(bytes, JsonEncoding.UTF8)) {
            json.writeStartObject();
            json.writeNumberField("format", EnvelopeReader.FORMAT);
            json.writeStringField("scope", header.scope().value());
            json.writeNumberField("version", header.version());
            json.writeStringField("captured_at", header.capturedAt().toString());
            if (header.changedAt().isPresent()) {
                json.writeStringField("changed_at", header.changedAt().get().toString());
            }
            json.writeBooleanField("full_sync", header.orders().fullSync());
            json.writeBooleanField("allow_mass_deletion", header.orders().allowMassDeletion());
            json.writeObjectFieldStart("counts");
            json.writeNumberField("namespaces", counts.namespaces());
            json.writeNumberField("services", counts.services());
            json.writeNumberField("instances", counts.instances());
            json.writeEndObject();
            json.writeStringField("digest", digest);
            json.writeNumberField("content_bytes", contentBytes);
            content.write(json);
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }
}
