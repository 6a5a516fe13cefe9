package io.github.cloudmapgraph.message;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import io.github.cloudmapgraph.message.Envelope.Content;
import io.github.cloudmapgraph.snapshot.Registry;
import io.github.cloudmapgraph.snapshot.Snapshot;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.util.function.Supplier;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/** Reads the registry that a message carries or points to, and checks that it is the one that was sent. */
public final class SnapshotReader {
    /** No snapshot's JSON may be longer: a reader's memory is bounded. 100,000 instances take about 40 MiB. */
    public static final long MAX_CONTENT_BYTES = 512L * 1024 * 1024;

    private final Supplier<S3Client> s3;
    private final String bucket;

    /**
     * Creates a reader.
     *
     * @param bucket the only bucket that a message may point into; empty where large snapshots are not stored
     */
    public SnapshotReader(S3Client s3, String bucket) {
        this(() -> s3, bucket);
    }

    /**
     * Creates a reader that asks for the client when it meets the first snapshot that is stored: few are, and the
     * client's classes take a while to load.
     *
     * @param bucket as above
     */
    public SnapshotReader(Supplier<S3Client> s3, String bucket) {
        this.s3 = s3;
        this.bucket = bucket;
    }

    /**
     * Reads the registry of a message.
     *
     * @throws UnreadableMessageException if it points elsewhere or to nothing, is damaged, or is not a registry
     * @throws software.amazon.awssdk.core.exception.SdkException if the stored object could not be fetched this time
     * @throws UncheckedIOException if the connection broke while it was read
     */
    public Snapshot read(Envelope envelope) throws UnreadableMessageException {
        Registry registry = switch (envelope.content()) {
            case Content.Inline(String json) ->
                parse(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)), envelope);
            case Content.Stored stored -> fetch(stored, envelope);
        };
        return new Snapshot(envelope.header(), registry);
    }

    private Registry fetch(Content.Stored stored, Envelope envelope) throws UnreadableMessageException {
        if (bucket.isEmpty() || !stored.bucket().equals(bucket)) {
            throw new UnreadableMessageException(
                    bucket.isEmpty()
                            ? "it points to a stored snapshot, and no bucket is configured (SNAPSHOT_BUCKET)"
                            : "it points into another bucket than " + bucket);
        }
        try (var object = s3.get().getObject(get -> get.bucket(bucket).key(stored.key()))) {
            requireNoLonger(object, envelope.contentBytes());
            return unfold(object, envelope);
        } catch (NoSuchKeyException e) {
            throw new UnreadableMessageException("it points to a stored snapshot that is not there", e);
        } catch (ZipException e) {
            throw new UnreadableMessageException("its stored snapshot is not compressed with gzip", e);
        } catch (EOFException e) {
            // Not of a connection that broke: the HTTP client knows the length and throws another exception.
            throw new UnreadableMessageException("its stored snapshot is cut off", e);
        } catch (IOException e) {
            throw new UncheckedIOException("the stored snapshot could not be read to its end", e);
        }
    }

    private static Registry unfold(InputStream object, Envelope envelope)
            throws IOException, UnreadableMessageException {
        try (var unfolded = new GZIPInputStream(object, 64 * 1024)) {
            return parse(unfolded, envelope);
        }
    }

    /**
     * Blocks that hold nothing, and a header that does not end, unfold to nothing however many they are. What is
     * compressed for real is never longer than what it holds but for some bytes a block.
     */
    private static void requireNoLonger(ResponseInputStream<GetObjectResponse> object, long contentBytes)
            throws UnreadableMessageException {
        long bytes = object.response().contentLength();
        if (bytes > contentBytes + contentBytes / 100 + 1024) {
            object.abort();
            throw new UnreadableMessageException("its stored snapshot takes " + bytes
                    + " bytes compressed, and is to take " + contentBytes + " uncompressed");
        }
    }

    private static Registry parse(InputStream content, Envelope envelope) throws UnreadableMessageException {
        var digest = new DigestInputStream(new BoundedInputStream(content, envelope.contentBytes()), Digests.sha256());
        // Through characters: Jackson's parser of bytes refuses an escaped lone surrogate in the name of a field.
        try (JsonParser parser =
                MessageJson.FACTORY.createParser(new InputStreamReader(digest, StandardCharsets.UTF_8))) {
            Registry registry = RegistryReader.read(new JsonReader(parser));
            if (!Digests.text(digest.getMessageDigest().digest()).equals(envelope.digest())) {
                throw new UnreadableMessageException("its digest does not match its content");
            }
            if (!registry.counts().equals(envelope.counts())) {
                throw new UnreadableMessageException("its counts do not match its content");
            }
            return registry;
        } catch (JacksonException e) {
            // Its own message quotes the payload.
            throw new UnreadableMessageException(
                    "its content is not JSON: " + e.getClass().getSimpleName());
        } catch (JsonReader.WrongJson | BoundedInputStream.TooLong e) {
            throw new UnreadableMessageException("its content is not a registry: " + e.getMessage(), e);
        } catch (ZipException e) {
            throw new UnreadableMessageException("its stored snapshot is damaged", e);
        } catch (EOFException e) {
            throw new UnreadableMessageException("its stored snapshot is cut off", e);
        } catch (IOException e) {
            throw new UncheckedIOException("the snapshot could not be read to its end", e);
        }
    }
}
