package io.github.cloudmapgraph.local.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every payload in {@code events/} through its real handler; one that nobody knows what to expect of fails. */
class EventsFolderIT {
    private static final Path FOLDER = Path.of("..", "events");

    private static Flow flow;

    static Stream<String> files() {
        try (Stream<Path> paths = Files.list(FOLDER)) {
            return paths.map(path -> path.getFileName().toString()).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @BeforeAll
    static void start() throws IOException {
        TestServers.clearGraph();
        // The events' operations are none that this Cloud Map knows: there is nothing to wait for.
        flow = new Flow(FlowOptions.standard().withoutEvents());
        flow.loadExample();
    }

    @AfterAll
    static void stop() {
        flow.close();
    }

    @ParameterizedTest
    @MethodSource("files")
    void payload_doesWhatItsNameSays(String file) throws IOException {
        Map<String, Object> payload = Flow.payload(Files.readString(FOLDER.resolve(file)));
        if (file.equals("check.json")) {
            assertReport(flow.deployment.read(payload));
            assertReport(flow.deployment.update(payload));
        } else if (file.startsWith("sqs-batch-")) {
            assertBatch(file, payload);
        } else if (file.startsWith("no-change-")) {
            assertThat(flow.deployment.read(payload))
                    .containsEntry("outcome", "nothing to do")
                    .containsKey("reason");
        } else {
            assertThat(file).matches("(change-|ecs-task-|manual|schedule).*\\.json");
            assertRead(file, flow.deployment.read(payload));
        }
    }

    private static void assertRead(String file, Map<String, Object> answer) {
        assertThat(answer)
                .containsEntry("outcome", "snapshot sent")
                .containsEntry("fullSync", file.equals("manual-full-sync.json"))
                .containsEntry("allowMassDeletion", file.equals("manual-allow-mass-deletion.json"));
        assertThat(answer.get("counts")).isEqualTo(Map.of("namespaces", 2, "services", 17, "instances", 24));
        flow.awaitVersion(((Number) answer.getOrDefault("version", 0L)).longValue());
        flow.awaitEqual(file);
    }

    private static void assertReport(Map<String, Object> report) {
        assertThat(report.toString())
                .as("a check reports line by line")
                .containsIgnoringCase("queue")
                .containsIgnoringCase("lock table")
                .doesNotContain("FAILED");
    }

    /** The batches name a bucket and a queue of their own: a stored snapshot is refused, for it lies elsewhere. */
    private static void assertBatch(String file, Map<String, Object> payload) {
        TestServers.clearGraph();
        int before = flow.deadLetterCount();
        Map<String, Object> answer = flow.deployment.update(payload);

        assertThat(answer.get("batchItemFailures"))
                .as("what stays in the queue")
                .isEqualTo(List.of());
        long services = TestServers.count("MATCH (s:Service) RETURN count(s)");
        int dead = flow.deadLetterCount() - before;
        switch (file) {
            case "sqs-batch-one-snapshot.json" -> assertThat(services).isEqualTo(1);
            case "sqs-batch-three-versions.json" -> assertThat(services).isEqualTo(3);
            case "sqs-batch-unreadable.json" -> {
                assertThat(services).isZero();
                assertThat(dead).isEqualTo(records(payload));
            }
            case "sqs-batch-stored-snapshot.json" -> {
                assertThat(services).isZero();
                assertThat(dead).isEqualTo(1);
                assertThat(flow.deadLetters().toString()).contains("bucket");
            }
            default ->
                assertThat(file).as("no expectation is written for this file").isEmpty();
        }
        TestServers.clearGraph();
    }

    private static int records(Map<String, Object> payload) {
        return payload.get("Records") instanceof List<?> records ? records.size() : 0;
    }
}
