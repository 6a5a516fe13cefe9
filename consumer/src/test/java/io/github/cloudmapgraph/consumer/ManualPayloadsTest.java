package io.github.cloudmapgraph.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cloudmapgraph.aws.AwsClients;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Payloads that the function does not take, as Lambda hands them over: answered with what it takes. */
class ManualPayloadsTest {
    private static final String SECRET = "hunter2";
    private static final String LONG = "hunter2hunter2hunter2hunter2hunter2hunter2hunter2hunter2hunter2hunter2";
    private static final String ACCEPTED = "{\"check\": true}";

    private final ByteArrayOutputStream log = new ByteArrayOutputStream();

    static Stream<String> payloads() {
        return Stream.concat(
                Stream.of(
                        "[]",
                        "[{}]",
                        "[\"hunter2\"]",
                        "5",
                        "-1e400",
                        "true",
                        "\"hunter2\"",
                        "\"" + LONG + "\"",
                        "hunter2",
                        "{",
                        "{\"hunter2\"",
                        "{} {}",
                        "{\"x\": 1} hunter2",
                        "\ufeff{}",
                        "\0",
                        "[".repeat(100_000),
                        "{\"x\":".repeat(100_000),
                        "{\"x\":".repeat(900) + "1" + "}".repeat(900),
                        "{\"" + "x".repeat(1_000_000) + "\": true}",
                        "{\"x\": " + "9".repeat(100_000) + "}"),
                Stream.of(
                        "{}",
                        "null",
                        "",
                        "{\"check\": \"true\"}",
                        "{\"check\": 1}",
                        "{\"check\": false}",
                        "{\"check\": null}",
                        "{\"check\": true, \"hunter2\": 1}",
                        "{\"Check\": true}",
                        "{\"fullSync\": true}",
                        "{\"Records\": {}}",
                        "{\"Records\": \"" + LONG + "\"}",
                        "{\"Records\": null}",
                        "{\"records\": []}",
                        "{\"" + LONG + "\": true}",
                        "{\"x\": {\"check\": true}}"));
    }

    @ParameterizedTest
    @MethodSource("payloads")
    void handle_saysWhatIsAccepted_whenThePayloadIsSomethingElse(String payload) {
        assertThatThrownBy(() -> handle(payload))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(ACCEPTED)
                .satisfies(this::quotesNothing);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"Records\": [null]}",
                "{\"Records\": [\"" + LONG + "\"]}",
                "{\"Records\": [[]]}",
                "{\"Records\": [{\"eventSource\": \"" + LONG + "\"}]}",
                "{\"Records\": [{\"eventSource\": \"aws:sqs\"}]}",
                "{\"Records\": [{\"eventSource\": \"aws:sqs\", \"messageId\": 5}]}",
                "{\"Records\": [{\"eventSource\": \"aws:sqs\", \"messageId\": \"m\", \"receiptHandle\": \"r\","
                        + " \"body\": {}}]}",
                "{\"Records\": [{\"eventSource\": \"aws:sqs\", \"messageId\": \"m\", \"receiptHandle\": \"r\","
                        + " \"body\": \"\", \"attributes\": {\"ApproximateReceiveCount\": \"" + LONG + "\"}}]}",
            })
    void handle_saysWhatIsWrong_whenARecordIsNoMessageOfSqs(String payload) {
        assertThatThrownBy(() -> handle(payload))
                .isInstanceOf(IllegalArgumentException.class)
                .satisfies(this::quotesNothing)
                .hasMessageMatching(
                        "(a record is not a message of SQS|a message of SQS has no|ApproximateReceiveCount is).*");
    }

    /** Neither in what is answered nor in what is logged. */
    private void quotesNothing(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            assertThat(cause.toString()).doesNotContain(SECRET).hasSizeLessThan(500);
        }
        assertThat(log.toString(StandardCharsets.UTF_8)).doesNotContain(SECRET).hasSizeLessThan(2_000);
    }

    private String handle(String payload) throws IOException {
        var answer = new ByteArrayOutputStream();
        new ConsumerHandler(
                        Map.of(),
                        new AwsClients(),
                        InstantSource.system(),
                        new PrintStream(log, true, StandardCharsets.UTF_8))
                .handleRequest(
                        new ByteArrayInputStream(payload.getBytes(StandardCharsets.UTF_8)),
                        answer,
                        new ContextWithTimeLeft(60_000));
        return answer.toString(StandardCharsets.UTF_8);
    }
}
