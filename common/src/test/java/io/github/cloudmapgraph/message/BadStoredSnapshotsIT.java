package io.github.cloudmapgraph.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cloudmapgraph.snapshot.Snapshot;
import io.github.cloudmapgraph.testservers.S3TestServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Stored snapshots that are spoilt, or that a message points to wrongly: refused, or read as the snapshot that was
 * written.
 *
 * <p>A failure names kind and seed; {@code -Dseed=N} runs that seed alone, {@code -Dcases=N} more or fewer of each
 * kind.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadStoredSnapshotsIT {
    private static final String BUCKET = "snapshots";

    /** What is done to the object, or to the message that points to it. */
    enum Kind {
        TRUNCATED,
        BYTES_CHANGED,
        PIECES_MOVED,
        EMPTY,
        RANDOM_BYTES,
        NOT_COMPRESSED,
        COMPRESSED_TWICE,
        TWO_MEMBERS,
        SOMETHING_FOLLOWS,
        ANOTHER_SNAPSHOT,
        SPOILT_AND_SIGNED,
        ANNOUNCED_SHORTER,
        ANNOUNCED_LONGER,
        WRONG_DIGEST,
        FOREIGN_BUCKET,
        NOTHING_THERE,
        STRANGE_KEY
    }

    private S3TestServer server;
    private S3Client s3;
    private SnapshotReader reader;

    @BeforeAll
    void start() throws Exception {
        server = new S3TestServer();
        s3 = server.client();
        s3.createBucket(create -> create.bucket(BUCKET));
        s3.createBucket(create -> create.bucket("another"));
        reader = new SnapshotReader(s3, BUCKET);
    }

    @AfterAll
    void stop() {
        s3.close();
        server.close();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void read_refusesOrReadsWhatWasWritten(Kind kind, TestReporter reporter) {
        int cases = Integer.getInteger("cases", 60);
        Long chosen = Long.getLong("seed");
        int read = 0;
        long start = System.nanoTime();
        for (long seed = chosen == null ? 1 : chosen; seed <= (chosen == null ? cases : chosen); seed++) {
            read += reads(kind, seed) ? 1 : 0;
        }
        reporter.publishEntry(Map.of(
                "kind", kind.name(),
                "cases", Integer.toString(chosen == null ? cases : 1),
                "read as written", Integer.toString(read),
                "ms", Long.toString((System.nanoTime() - start) / 1_000_000)));
    }

    private boolean reads(Kind kind, long seed) {
        String as = kind + ", seed " + seed;
        var random = new Random(seed * 1_000 + kind.name().hashCode());
        var snapshot = new Snapshot(Messages.HEADER, new RandomRegistries(seed).registry());
        byte[] content = Messages.content(snapshot.registry());
        String message = new SnapshotWriter(s3, BUCKET, 1).write(snapshot).text();
        String key = message.replaceAll(".*\"key\":\"([^\"]*)\".*", "$1");
        byte[] compressed = compressed(content);
        switch (kind) {
            case TRUNCATED -> put(key, Arrays.copyOf(compressed, random.nextInt(compressed.length)));
            case BYTES_CHANGED -> put(key, changed(compressed, random));
            case PIECES_MOVED -> put(key, moved(compressed, random));
            case EMPTY -> put(key, new byte[0]);
            case RANDOM_BYTES -> put(key, bytes(random));
            case NOT_COMPRESSED -> put(key, content);
            case COMPRESSED_TWICE -> put(key, compressed(compressed));
            case TWO_MEMBERS -> {
                int half = random.nextInt(content.length);
                put(
                        key,
                        together(
                                compressed(Arrays.copyOf(content, half)),
                                compressed(Arrays.copyOfRange(content, half, content.length))));
            }
            case SOMETHING_FOLLOWS -> put(key, together(compressed, bytes(random)));
            case ANOTHER_SNAPSHOT -> put(key, compressed(Messages.content(new RandomRegistries(seed + 1).registry())));
            case SPOILT_AND_SIGNED -> {
                byte[] spoilt = random.nextBoolean() ? changed(content, random) : moved(content, random);
                put(key, compressed(spoilt));
                message = message.replaceAll(
                                "\"digest\":\"[^\"]*\"",
                                "\"digest\":\"" + Digests.text(Digests.sha256().digest(spoilt)) + "\"")
                        .replaceAll("\"content_bytes\":\\d+", "\"content_bytes\":" + spoilt.length);
                content = spoilt;
            }
            case ANNOUNCED_SHORTER -> message = announced(message, random.nextInt(content.length));
            case ANNOUNCED_LONGER ->
                message = announced(
                        message, content.length + random.nextInt((int) SnapshotReader.MAX_CONTENT_BYTES - 1_000_000));
            case WRONG_DIGEST -> message = new BadMessages(seed).spoil(BadMessages.Kind.WRONG_DIGEST, message);
            case FOREIGN_BUCKET -> message = message.replace("\"bucket\":\"snapshots\"", "\"bucket\":\"another\"");
            case NOTHING_THERE -> message = message.replace(".json.gz", random.nextInt() + ".json.gz");
            case STRANGE_KEY -> message = new BadMessages(seed).spoil(BadMessages.Kind.STRANGE_POINTER, message);
        }
        Object result = result(message);
        if (result instanceof Throwable refusal) {
            Verdicts.assertReason(refusal, as);
            return false;
        }
        assertThat(result)
                .as(as)
                .isEqualTo(
                        kind == Kind.SPOILT_AND_SIGNED
                                ? Verdicts.said(message, new String(content, StandardCharsets.UTF_8))
                                : snapshot);
        return true;
    }

    private Object result(String message) {
        try {
            return reader.read(EnvelopeReader.read(message));
        } catch (Throwable e) {
            return e;
        }
    }

    private void put(String key, byte[] object) {
        s3.putObject(put -> put.bucket(BUCKET).key(key), RequestBody.fromBytes(object));
    }

    private static String announced(String message, long bytes) {
        return message.replaceAll("\"content_bytes\":\\d+", "\"content_bytes\":" + bytes);
    }

    private static byte[] changed(byte[] original, Random random) {
        byte[] changed = original.clone();
        for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
            changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return changed;
    }

    private static byte[] moved(byte[] original, Random random) {
        int start = random.nextInt(original.length);
        int end = start + random.nextInt(original.length - start);
        return together(Arrays.copyOf(original, end), Arrays.copyOfRange(original, start, original.length));
    }

    private static byte[] bytes(Random random) {
        byte[] bytes = new byte[1 + random.nextInt(5_000)];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] together(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }

    private static byte[] compressed(byte[] content) {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
