package io.github.cloudmapgraph.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cloudmapgraph.message.Envelope.Content;
import io.github.cloudmapgraph.snapshot.Snapshot;
import io.github.cloudmapgraph.testservers.S3TestServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.s3.S3Client;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StoredSnapshotIT {
    private static final String BUCKET = "snapshots";
    private static final int MIB = 1024 * 1024;

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

    @Test
    void write_whenItFitsToTheByte_storesNothing() throws UnreadableMessageException {
        Snapshot snapshot = Messages.snapshot(100);
        int bytes = writer("", Integer.MAX_VALUE).write(snapshot).text().length();

        SnapshotWriter.Body inline = writer(BUCKET, bytes).write(snapshot);
        SnapshotWriter.Body stored = writer(BUCKET, bytes - 1).write(snapshot);

        assertThat(inline.storedAt()).isEmpty();
        assertThat(inline.text()).hasSize(bytes);
        assertThat(stored.storedAt()).isPresent();
        assertThat(reader.read(EnvelopeReader.read(inline.text())))
                .isEqualTo(reader.read(EnvelopeReader.read(stored.text())));
    }

    @Test
    void write_whenItIsLarge_storesItAndPointsToIt() throws UnreadableMessageException {
        Snapshot snapshot = Messages.snapshot(20_000);

        SnapshotWriter.Body body = writer(BUCKET, MIB).write(snapshot);

        assertThat(body.storedAt()).contains("snapshots/111122223333/eu-west-1/blue/1769860800123.json.gz");
        assertThat(body.text()).hasSizeLessThan(1000);
        assertThat(body.contentBytes()).isGreaterThan(MIB);
        assertThat(body.storedBytes()).isLessThan(MIB).isEqualTo(stored(body).length);
        Envelope envelope = EnvelopeReader.read(body.text());
        assertThat(envelope.content())
                .isEqualTo(new Content.Stored(BUCKET, body.storedAt().orElseThrow()));
        assertThat(reader.read(envelope)).isEqualTo(snapshot);
    }

    @Test
    void write_whenItIsLargeAndThereIsNoBucket_saysWhatToConfigure() {
        assertThatThrownBy(() -> writer("", 1000).write(Messages.snapshot(100)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("SNAPSHOT_BUCKET");
    }

    @Test
    void read_whenItPointsIntoAnotherBucket_refusesIt() {
        byte[] object = compressed("{\"namespaces\":[]}".getBytes(StandardCharsets.UTF_8));
        s3.putObject(put -> put.bucket("another").key("snapshots/k"), RequestBody.fromBytes(object));

        assertThatThrownBy(() -> reader.read(pointer("another", "snapshots/k", 100)))
                .isInstanceOf(UnreadableMessageException.class)
                .hasMessageContaining("another bucket than snapshots");
    }

    @Test
    void read_whenNoBucketIsConfigured_saysSo() {
        for (String bucket : List.of("", BUCKET)) {
            assertThatThrownBy(() -> new SnapshotReader(s3, "").read(pointer(bucket, "snapshots/k", 100)))
                    .isInstanceOf(UnreadableMessageException.class)
                    .hasMessageContaining("SNAPSHOT_BUCKET");
        }
    }

    @Test
    void read_whenItPointsToNothing_refusesIt() {
        assertThatThrownBy(() -> reader.read(pointer(BUCKET, "snapshots/nothing", 100)))
                .isInstanceOf(UnreadableMessageException.class)
                .hasMessageContaining("not there");
    }

    @Test
    void read_whenABombUnfoldsBeyondWhatWasAnnounced_stopsThere() {
        byte[] bomb = bomb();
        assertThat(bomb).hasSizeLessThan(4 * MIB);
        long before = allocated();

        refused(bomb, bomb.length, "longer than the " + bomb.length + " bytes");

        assertThat(allocated() - before).isLessThan(64L * MIB);
    }

    @Test
    void read_whenABombAnnouncesItsTrueLength_needsNoMemoryForIt() {
        byte[] bomb = bomb();
        long before = allocated();

        refused(bomb, SnapshotReader.MAX_CONTENT_BYTES, "not JSON");

        assertThat(allocated() - before).isLessThan(64L * MIB);
    }

    @Test
    void read_whenMoreIsAnnouncedThanAnyReaderTakes_refusesItBeforeItIsFetched() {
        assertThatThrownBy(() -> pointer(BUCKET, "snapshots/k", SnapshotReader.MAX_CONTENT_BYTES + 1))
                .isInstanceOf(UnreadableMessageException.class)
                .hasMessageContaining("content_bytes");
    }

    @Test
    void read_whenTheObjectIsCutOffAnywhere_refusesIt() throws UnreadableMessageException {
        SnapshotWriter.Body body = writer(BUCKET, 1).write(Messages.snapshot(3));
        byte[] whole = stored(body);
        Envelope envelope = EnvelopeReader.read(body.text());
        for (int length = 0; length < whole.length; length += length < 20 ? 1 : 37) {
            byte[] cut = Arrays.copyOf(whole, length);
            s3.putObject(put -> put.bucket(BUCKET).key(body.storedAt().orElseThrow()), RequestBody.fromBytes(cut));

            assertThatThrownBy(() -> reader.read(envelope))
                    .as("%s bytes", length)
                    .isInstanceOf(UnreadableMessageException.class);
        }
    }

    @Test
    void read_whenTheObjectIsDamaged_refusesIt() throws UnreadableMessageException {
        SnapshotWriter.Body body = writer(BUCKET, 1).write(Messages.snapshot(4));
        byte[] damaged = stored(body);
        damaged[damaged.length / 2] ^= 0x55;
        s3.putObject(put -> put.bucket(BUCKET).key(body.storedAt().orElseThrow()), RequestBody.fromBytes(damaged));
        Envelope envelope = EnvelopeReader.read(body.text());

        assertThatThrownBy(() -> reader.read(envelope)).isInstanceOf(UnreadableMessageException.class);
    }

    @Test
    void read_whenTheObjectIsNotCompressed_refusesIt() {
        refused("{\"namespaces\":[]}".getBytes(StandardCharsets.UTF_8), 100, "not compressed with gzip");
    }

    @Test
    void read_whenTheObjectIsAnotherOnes_refusesIt() {
        refused(compressed("{\"namespaces\":[]}".getBytes(StandardCharsets.UTF_8)), 100, "digest does not match");
    }

    @Test
    void read_whenTheConnectionBreaks_mayBeTriedAgain() throws Exception {
        byte[] whole = compressed(Messages.content(Messages.registry(1000)));
        Envelope envelope = pointer(BUCKET, "snapshots/k", 1_000_000);
        try (var breaking = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
                S3Client client = S3Client.builder()
                        .endpointOverride(URI.create("http://127.0.0.1:" + breaking.getLocalPort()))
                        .forcePathStyle(true)
                        .httpClientBuilder(UrlConnectionHttpClient.builder())
                        .build()) {
            Thread.ofVirtual().start(() -> answerHalf(breaking, whole));

            assertThatThrownBy(() -> new SnapshotReader(client, BUCKET).read(envelope))
                    .isInstanceOfAny(SdkException.class, UncheckedIOException.class);
        }
    }

    @Test
    void read_whenTheServerIsNotThere_mayBeTriedAgain() throws Exception {
        URI gone;
        try (var socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            gone = URI.create("http://127.0.0.1:" + socket.getLocalPort());
        }
        Envelope envelope = pointer(BUCKET, "snapshots/k", 1000);
        try (S3Client client = S3Client.builder()
                .endpointOverride(gone)
                .forcePathStyle(true)
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build()) {
            assertThatThrownBy(() -> new SnapshotReader(client, BUCKET).read(envelope))
                    .isInstanceOf(SdkException.class);
        }
    }

    private static void answerHalf(ServerSocket server, byte[] object) {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                byte[] request = new byte[8192];
                if (socket.getInputStream().read(request) < 0) {
                    continue;
                }
                OutputStream answer = socket.getOutputStream();
                answer.write(("HTTP/1.1 200 OK\r\nContent-Length: " + object.length + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
                answer.write(object, 0, object.length / 2);
                answer.flush();
            } catch (IOException e) {
                // The client went away, or the test is over.
            }
        }
    }

    private SnapshotWriter writer(String bucket, int maxMessageBytes) {
        return new SnapshotWriter(s3, bucket, maxMessageBytes);
    }

    private byte[] stored(SnapshotWriter.Body body) {
        return s3.getObjectAsBytes(get -> get.bucket(BUCKET).key(body.storedAt().orElseThrow()))
                .asByteArray();
    }

    private void refused(byte[] object, long announced, String reason) {
        s3.putObject(put -> put.bucket(BUCKET).key("snapshots/refused"), RequestBody.fromBytes(object));

        assertThatThrownBy(() -> reader.read(pointer(BUCKET, "snapshots/refused", announced)))
                .isInstanceOf(UnreadableMessageException.class)
                .hasMessageContaining(reason);
    }

    private static Envelope pointer(String bucket, String key, long contentBytes) throws UnreadableMessageException {
        return EnvelopeReader.read(Messages.pointer(bucket, key, contentBytes));
    }

    /** 200 MiB of space before the end of the content. */
    private static byte[] bomb() {
        var bytes = new ByteArrayOutputStream();
        byte[] space = new byte[MIB];
        Arrays.fill(space, (byte) ' ');
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write("{\"namespaces\":[".getBytes(StandardCharsets.UTF_8));
            for (int i = 0; i < 200; i++) {
                gzip.write(space);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
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

    /** What this thread allocated so far, garbage included: an upper bound of what it holds. */
    private static long allocated() {
        return ((com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean())
                .getCurrentThreadAllocatedBytes();
    }
}
