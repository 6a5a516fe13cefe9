package io.github.cloudmapgraph.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.Context;
import io.github.cloudmapgraph.aws.AwsClients;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Payloads that the function does not take, as Lambda hands them over: answered with what it takes. */
class ManualPayloadsTest {
    private static final String SECRET = "hunter2";
    private static final String LONG = "hunter2hunter2hunter2hunter2hunter2hunter2hunter2hunter2hunter2hunter2";
    private static final String ACCEPTED = "fullSync, allowMassDeletion, check (true or false)";

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
                        "{\"fullsync\": true}",
                        "{\"fullSync \": true}",
                        "{\"\": true}",
                        "{\"\\u0000\": true}",
                        "{\"Records\": []}",
                        "{\"fullSync\": true, \"check\": true, \"hunter2\": true}",
                        "{\"fullSync\": \"true\"}",
                        "{\"fullSync\": \"" + LONG + "\"}",
                        "{\"allowMassDeletion\": 1}",
                        "{\"allowMassDeletion\": 1e400}",
                        "{\"check\": null}",
                        "{\"check\": []}",
                        "{\"check\": {\"check\": true}}",
                        "{\"" + LONG + "\": true}",
                        "{\"" + "\\ud83d\\ude00".repeat(100) + "\": true}",
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
                "{\"source\": 5, \"detail-type\": []}",
                "{\"source\": null}",
                "{\"detail-type\": {\"source\": \"aws.ecs\"}}",
                "{\"source\": \"" + LONG + "\", \"detail-type\": \"" + LONG + "\"}",
                "{\"source\": \"aws.ecs\", \"detail-type\": \"ECS Task State Change\"}",
                "{\"source\": \"aws.ecs\", \"detail-type\": \"ECS Task State Change\", \"time\": \"" + LONG + "\"}",
                "{\"source\": \"aws.servicediscovery\", \"detail-type\": \"AWS API Call via CloudTrail\", \"detail\":"
                        + " 5}",
                "{\"source\": \"aws.servicediscovery\", \"detail-type\": \"AWS API Call via CloudTrail\","
                        + " \"detail\": {\"eventName\": \"x\", \"eventTime\": \"" + LONG + "\"}}",
            })
    void handle_saysWhatIsWrong_whenAnEventIsNotAsItHasToBe(String payload) {
        assertThatThrownBy(() -> handle(payload))
                .isInstanceOf(IllegalArgumentException.class)
                .satisfies(this::quotesNothing)
                .hasMessageMatching(
                        "unknown event: .*accepted: .*|the event('s| has no) time.*|the CloudTrail event has no.*");
    }

    @Test
    void handle_tellsWhatIsMissing_whenThereIsNoPayload() {
        for (String payload : List.of("", "null", " null\n", "{}")) {
            assertThatThrownBy(() -> handle(payload)).hasMessageContaining("QUEUE_URL is not set");
        }
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
        new ProducerHandler(
                        Map.of(),
                        new AwsClients(),
                        InstantSource.system(),
                        new PrintStream(log, true, StandardCharsets.UTF_8))
                .handleRequest(new ByteArrayInputStream(payload.getBytes(StandardCharsets.UTF_8)), answer, context());
        return answer.toString(StandardCharsets.UTF_8);
    }

    private static Context context() {
        Map<String, Object> answers = Map.of(
                "getAwsRequestId", "11111111-2222-3333-4444-555555555555",
                "getInvokedFunctionArn", "arn:aws:lambda:eu-west-1:111122223333:function:producer",
                "getRemainingTimeInMillis", 60_000);
        return (Context) Proxy.newProxyInstance(
                Context.class.getClassLoader(),
                new Class<?>[] {Context.class},
                (_, method, _) -> answers.get(method.getName()));
    }
}
