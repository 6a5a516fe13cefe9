package io.github.cloudmapgraph.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cloudmapgraph.snapshot.Registry;
import io.github.cloudmapgraph.testservers.TestAws;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.s3.S3Client;

class SnapshotReaderTest {
    private static final S3Client UNUSED = unused();

    private final SnapshotReader reader = new SnapshotReader(UNUSED, "");

    @Test
    void read_whenTheRegistryIsEmpty_readsIt() throws UnreadableMessageException {
        assertThat(read("{\"namespaces\":[]}")).isEqualTo(new Registry(List.of(), List.of()));
    }

    @Test
    void read_whenFieldsAreUnknown_ignoresThem() throws UnreadableMessageException {
        String content = content();
        String newer = content.replace("{\"arn\"", "{\"new\":{\"arn\":[1,{}]},\"arn\"")
                .replace("\"by\":", "\"every\":5,\"by\":")
                .replaceFirst("\\{", "{\"links\":[null],");
        assertThat(newer).isNotEqualTo(content);

        assertThat(read(newer)).isEqualTo(Messages.registry(1));
    }

    @Test
    void read_whenTheDigestIsAnother_refusesIt() {
        assertThatThrownBy(
                        () -> reader.read(EnvelopeReader.read(Messages.message("{\"namespaces\":[]}", "0".repeat(64)))))
                .isInstanceOf(UnreadableMessageException.class)
                .hasMessageContaining("digest does not match");
    }

    @Test
    void read_whenTheCountsAreOthers_refusesIt() {
        refused(Messages.message(content()), "counts do not match");
    }

    @Test
    void read_whenTheContentIsLongerThanAnnounced_refusesIt() {
        refused(
                Messages.message("{\"namespaces\":[]}").replace("\"content_bytes\": 17", "\"content_bytes\": 16"),
                "16");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"namespaces\":null}",
                "{\"namespaces\":{}}",
                "{\"namespaces\":[1]}",
                "{\"namespaces\":[null]}",
                "{\"namespaces\":[[]]}",
                "{\"namespaces\":[{}]}",
                "{\"namespaces\":[{\"arn\":\"hunter2\"}]}",
                "{\"namespaces\":[],\"denied\":[{\"name\":\"hunter2\"}]}",
                "{\"namespaces\":[],\"denied\":[\"hunter2\"]}",
            })
    void read_whenSomethingIsMissingOrOfAnotherType_refusesIt(String content) {
        refused(Messages.message(content), "is not a registry");
    }

    @Test
    void read_whenAnyValueIsOfAnotherType_refusesIt() {
        String content = content();
        int texts = 0;
        for (String field : List.of("arn", "id", "name", "type", "owner", "http_name", "team", "health", "by")) {
            String wrong = content.replaceFirst("\"" + field + "\":\"[^\"]*\"", "\"" + field + "\":[\"hunter2\"]");
            assertThat(wrong).as(field).isNotEqualTo(content);
            refused(Messages.message(wrong), "is not a registry");
            texts++;
        }
        assertThat(texts).isEqualTo(9);
        refused(Messages.message(content.replace("\"HEALTHY\"", "\"hunter2\"")), "NO_CHECK");
        refused(Messages.message(content.replace("\"CUSTOM\"", "\"hunter2\"")), "ROUTE53, CUSTOM");
        refused(Messages.message(content.replace("\"team\":\"blue\"", "\"hunter2\":{}")), "tag or an attribute");
    }

    @Test
    void read_whenAKeyIsThereTwice_refusesItWithoutNamingIt() {
        String twice =
                content().replaceFirst("(\\{\"id\":\"i-0\".*?}})", "$1,$1").replace("i-0", "hunter2");

        refused(Messages.message(twice), "twice");
    }

    @Test
    void read_whenTheContentIsCutOffAnywhere_refusesIt() {
        String content = content();
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        Envelope whole = envelope(content);
        for (int length = 0; length < bytes.length; length++) {
            var cut = new Envelope(
                    whole.header(),
                    whole.counts(),
                    whole.digest(),
                    whole.contentBytes(),
                    new Envelope.Content.Inline(content.substring(0, length)));
            assertThatThrownBy(() -> reader.read(cut)).isInstanceOf(UnreadableMessageException.class);
        }
    }

    private static String content() {
        return new String(Messages.content(Messages.registry(1)), StandardCharsets.UTF_8);
    }

    private Registry read(String content) throws UnreadableMessageException {
        return reader.read(envelope(content)).registry();
    }

    private static Envelope envelope(String content) {
        int found = content.contains("\"srv-1\"") ? 1 : 0;
        try {
            return EnvelopeReader.read(Messages.message(content)
                    .replace(
                            "\"namespaces\": 0, \"services\": 0, \"instances\": 0",
                            "\"namespaces\": %1$d, \"services\": %1$d, \"instances\": %1$d".formatted(found)));
        } catch (UnreadableMessageException e) {
            throw new AssertionError(e);
        }
    }

    private void refused(String message, String reason) {
        assertThatThrownBy(() -> reader.read(EnvelopeReader.read(message)))
                .isInstanceOf(UnreadableMessageException.class)
                .hasMessageContaining(reason)
                .satisfies(e -> assertThat(e + " " + e.getCause()).doesNotContain("hunter2"));
    }

    private static S3Client unused() {
        TestAws.configure();
        return S3Client.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }
}
