package io.github.cloudmapgraph.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cloudmapgraph.json.Json;
import io.github.cloudmapgraph.snapshot.Registry;
import io.github.cloudmapgraph.snapshot.Snapshot;
import io.github.cloudmapgraph.testservers.TestAws;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.s3.S3Client;

class RegistryRoundTripTest {
    private static final int NO_BOUND = Integer.MAX_VALUE;

    private static final S3Client UNUSED = unused();

    @Property(tries = 500)
    void message_whenWrittenAndRead_holdsTheSameSnapshot(@ForAll long seed) throws UnreadableMessageException {
        Snapshot snapshot = new Snapshot(Messages.HEADER, new RandomRegistries(seed).registry());

        String body = write(snapshot);
        Envelope envelope = EnvelopeReader.read(body);

        assertThat(envelope.header()).isEqualTo(snapshot.header());
        assertThat(envelope.counts()).isEqualTo(snapshot.registry().counts());
        assertThat(read(envelope)).isEqualTo(snapshot);
    }

    @Property(tries = 200)
    void message_whenWritten_holdsOnlyWhatSqsTakes(@ForAll long seed) {
        String body = write(new Snapshot(Messages.HEADER, new RandomRegistries(seed).registry()));

        assertThat(body.chars()).allMatch(c -> c >= 0x20 && c < 0x80);
    }

    @Property(tries = 200)
    void content_whenTheRegistryIsTheSame_isTheSameBytes(@ForAll long seed) {
        Registry one = new RandomRegistries(seed).registry();
        Registry same = new RandomRegistries(seed).registry();

        assertThat(Messages.content(one)).isEqualTo(Messages.content(same));
    }

    @Property(tries = 200)
    void content_whenOtherFieldsHoldAnyText_isCutOutExactly(@ForAll long seed) throws UnreadableMessageException {
        String other = new RandomRegistries(seed).text().repeat(1 + (int) (Math.abs(seed % 7) * 10));
        String quoted = Json.write(Map.of("before", other));
        String content =
                new String(Messages.content(new RandomRegistries(seed + 1).registry()), StandardCharsets.UTF_8);
        String message = Messages.message(content);
        String body = quoted.substring(0, quoted.length() - 1)
                + ","
                + message.substring(1, message.length() - 1)
                + ", \"after\": {\"é😀\": ["
                + quoted
                + "]}}";

        assertThat(EnvelopeReader.read(body).content()).isEqualTo(new Envelope.Content.Inline(content));
    }

    @Example
    void message_whenItHoldsManyInstances_isRead() throws UnreadableMessageException {
        Snapshot snapshot = Messages.snapshot(50_000);

        assertThat(read(EnvelopeReader.read(write(snapshot)))).isEqualTo(snapshot);
    }

    @Example
    void message_whenItFits_takesNoClient() {
        var writer = new SnapshotWriter(
                () -> {
                    throw new AssertionError("nothing is to be stored");
                },
                "bucket",
                NO_BOUND);

        assertThat(writer.write(Messages.snapshot(1)).storedAt()).isEmpty();
    }

    private static String write(Snapshot snapshot) {
        return new SnapshotWriter(UNUSED, "", NO_BOUND).write(snapshot).text();
    }

    private static Snapshot read(Envelope envelope) throws UnreadableMessageException {
        return new SnapshotReader(UNUSED, "").read(envelope);
    }

    private static S3Client unused() {
        TestAws.configure();
        return S3Client.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }
}
