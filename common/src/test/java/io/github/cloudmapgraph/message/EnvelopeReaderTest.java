package io.github.cloudmapgraph.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cloudmapgraph.snapshot.Counts;
import io.github.cloudmapgraph.snapshot.Orders;
import io.github.cloudmapgraph.snapshot.Scope;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeReaderTest {
    private static final String EMPTY = "{\"namespaces\":[]}";

    /** Stands for whatever of the payload may not be shown. */
    private static final String SECRET = "hunter2";

    @Test
    void read_whenOnlyWhatIsNeededIsThere_readsIt() throws UnreadableMessageException {
        Envelope envelope = EnvelopeReader.read(Messages.message(EMPTY, "d1"));

        assertThat(envelope.header().scope()).isEqualTo(new Scope("111122223333:eu-west-1"));
        assertThat(envelope.header().version()).isEqualTo(5);
        assertThat(envelope.header().capturedAt()).isEqualTo(Instant.parse("2026-01-31T12:00:00Z"));
        assertThat(envelope.header().changedAt()).isEmpty();
        assertThat(envelope.header().orders()).isEqualTo(Orders.NONE);
        assertThat(envelope.counts()).isEqualTo(new Counts(0, 0, 0));
        assertThat(envelope.digest()).isEqualTo("d1");
        assertThat(envelope.contentBytes()).isEqualTo(EMPTY.length());
        assertThat(envelope.content()).isEqualTo(new Envelope.Content.Inline(EMPTY));
    }

    @Test
    void read_whenUnknownFieldsAreThere_ignoresThem() throws UnreadableMessageException {
        String body = Messages.message(EMPTY).replaceFirst("\\{", "{\"new\": [{\"format\": 9}, null], \"x\": 1.5e3,");
        String counted = body.replace("\"namespaces\": 0", "\"namespaces\": 0, \"endpoints\": {\"a\": []}");

        assertThat(EnvelopeReader.read(counted)).isEqualTo(EnvelopeReader.read(Messages.message(EMPTY)));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 2, -1, Long.MAX_VALUE})
    void read_whenTheFormatIsAnother_refusesIt(long format) {
        refused(Messages.message(EMPTY).replace("\"format\": 1", "\"format\": " + format), "format is " + format);
    }

    @Test
    void read_whenAnotherFormatGivesAFieldAnotherType_namesTheFormat() {
        refused(
                Messages.message(EMPTY)
                        .replace("\"format\": 1", "\"format\": 2")
                        .replace("\"content\": {", "\"c\": {"),
                "this version reads format 1");
        refused("{\"format\": 2, \"scope\": {\"account\": 1}}", "format is 2; this version reads format 1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"format", "scope", "version", "captured_at", "counts", "digest", "content_bytes", "content"})
    void read_whenAFieldIsMissing_namesIt(String field) {
        refused(Messages.message(EMPTY).replace("\"" + field + "\":", "\"other\":"), "'" + field + "'");
    }

    static Stream<Arguments> wrongValues() {
        return Stream.of(
                Arguments.of("\"format\": 1", "\"format\": \"1\"", "a whole number at /format"),
                Arguments.of("\"format\": 1", "\"format\": 1.0", "a whole number at /format"),
                Arguments.of("\"format\": 1", "\"format\": null", "a whole number at /format"),
                Arguments.of("\"version\": 5", "\"version\": 0", "'version'"),
                Arguments.of("\"version\": 5", "\"version\": -5", "'version'"),
                Arguments.of("\"version\": 5", "\"version\": 99999999999999999999", "/version is too large"),
                Arguments.of("\"version\": 5", "\"version\": " + "9".repeat(100), ""),
                Arguments.of("\"version\": 5", "\"version\": 1e400", "a whole number at /version"),
                Arguments.of("\"version\": 5", "\"version\": 9223372036854775807", "before the year 10000"),
                Arguments.of(
                        "\"111122223333:eu-west-1\"", "\"111122223333:eu" + "-a".repeat(30_000) + "-1\"", "'scope'"),
                Arguments.of("\"111122223333:eu-west-1\"", "\"" + SECRET + "\"", "'scope'"),
                Arguments.of("\"111122223333:eu-west-1\"", "[\"" + SECRET + "\"]", "a text at /scope"),
                Arguments.of("\"2026-01-31T12:00:00Z\"", "\"" + SECRET + "\"", "time"),
                Arguments.of("\"2026-01-31T12:00:00Z\"", "\"+999999999-12-31T23:59:59Z\"", "time"),
                Arguments.of("\"2026-01-31T12:00:00Z\"", "\"-0001-12-31T23:59:59Z\"", "time"),
                Arguments.of(
                        "\"services\": 0", "\"services\": \"" + SECRET + "\"", "a whole number at /counts/services"),
                Arguments.of("\"services\": 0", "\"services\": 4294967296", "/counts/services is too large"),
                Arguments.of("\"counts\": {", "\"full_sync\": \"" + SECRET + "\", \"counts\": {", "true or false"),
                Arguments.of("\"content\": {", "\"content_bytes\": -1, \"content\": {", "'content_bytes'"),
                Arguments.of("\"content\": {", "\"content_bytes\": 536870913, \"content\": {", "at most 536870912"),
                Arguments.of(EMPTY, "\"" + SECRET + "\"", "'content' is not an object"),
                Arguments.of(EMPTY, "[{\"" + SECRET + "\": 1}]", "'content' is not an object"),
                Arguments.of("\"content\": {", "\"content_at\": [\"" + SECRET + "\"], \"x\": {", "an object"),
                Arguments.of("\"content\": {", "\"content_at\": {\"key\": \"snapshots/k\"}, \"x\": {", "'bucket'"),
                Arguments.of("\"content\": {", "\"content_at\": {\"bucket\": \"b\"}, \"x\": {", "'key'"),
                Arguments.of("\"content\": {", "\"content_at\": {\"bucket\": \"b\", \"key\": \"\"}, \"x\": {", "key"),
                Arguments.of(
                        "\"content\": {",
                        "\"content_at\": {\"bucket\": \"b\", \"key\": \"" + SECRET + "/k\"}, \"x\": {",
                        "of the form snapshots/"),
                Arguments.of(
                        "\"content\": {",
                        "\"content_at\": {\"bucket\": \"b\", \"key\": \"snapshots/../" + SECRET + "\"}, \"x\": {",
                        "of the form snapshots/"),
                Arguments.of(
                        "\"content\": {",
                        "\"content_at\": {\"bucket\": \"b\", \"key\": \"snapshots/" + "x".repeat(1015)
                                + "\"}, \"x\": {",
                        "at most 1024"));
    }

    @ParameterizedTest
    @MethodSource("wrongValues")
    void read_whenAValueIsWrong_namesItAndShowsNothing(String right, String wrong, String reason) {
        String message = Messages.message(EMPTY);
        assertThat(message).contains(right);

        refused(message.replace(right, wrong), reason);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "[]",
                "1",
                "\"hunter2\"",
                "hunter2",
                "{\"hunter2\"",
                "{hunter2: 1}",
                "{'hunter2': 1}",
                "{\"scope\": hunter2}",
                "<hunter2/>",
                "\ufeff\u0000hunter2",
                "{\"a\": \"\\hunter2\"}",
                "{\"a\": NaN, \"b\": \"hunter2\"",
                "{\"hunter2\": 01}",
                "\ud800hunter2"
            })
    void read_whenItIsNoJsonObject_refusesIt(String body) {
        refused(body, "the message is not");
    }

    @Test
    void read_whenItIsCutOffAnywhere_refusesIt() {
        String body = Messages.message("{\"namespaces\":[{\"arn\":\"hunter2 \\\\ \\u00e9\"}]}");
        for (int length = 0; length < body.length(); length++) {
            refused(body.substring(0, length), "the message is not");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"hunter2", "{}", ",", "]", "{\"hunter2\": 1}", "\u0000"})
    void read_whenSomethingFollows_refusesIt(String more) {
        refused(Messages.message(EMPTY) + more, "the message is not");
    }

    @ParameterizedTest
    @ValueSource(ints = {40, 1_000, 1_000_000})
    void read_whenItIsNestedDeeply_refusesIt(int depth) {
        String nested = "[".repeat(depth) + "]".repeat(depth);
        refused(Messages.message("{\"namespaces\":" + nested + "}"), "the message is not JSON");
        refused("{\"unknown\": " + nested + "," + Messages.message(EMPTY).substring(1), "the message is not JSON");
    }

    @Test
    void read_whenATextIsLongerThanAny_refusesIt() {
        refused(
                Messages.message(EMPTY).replace("111122223333:eu-west-1", SECRET.repeat(20_000)),
                "the message is not JSON");
        refused("{\"" + SECRET.repeat(20_000) + "\": 1}", "the message is not JSON");
    }

    private static void refused(String body, String reason) {
        assertThatThrownBy(() -> EnvelopeReader.read(body))
                .isInstanceOf(UnreadableMessageException.class)
                .hasMessageContaining(reason)
                .extracting(EnvelopeReaderTest::everythingThatALogShows)
                .asString()
                .doesNotContain(SECRET)
                .hasSizeLessThan(400);
    }

    private static String everythingThatALogShows(Throwable failure) {
        var text = new StringBuilder();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            text.append(cause).append('\n');
        }
        return text.toString();
    }
}
