package io.github.cloudmapgraph.producer.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.cloudmapgraph.json.Json;
import io.github.cloudmapgraph.snapshot.Orders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TriggerTest {
    private static final Path EVENTS = Path.of("..", "events");
    private static final Optional<String> OPERATION = Optional.of("gv4g5meo7ndmeh4fqskygvk23d2fijwa-k9302yzd");
    private static final Optional<String> SERVICE = Optional.of("srv-e4anhexample0001");

    /** What each file in {@code events} is; the consumer's tests know those that begin with sqs. */
    private static final Map<String, Trigger> TRIGGERS = Map.ofEntries(
            change("change-create-namespace", "13:55:00", "CreateHttpNamespace", OPERATION, Optional.empty()),
            change("change-create-service", "13:58:03", "CreateService", Optional.empty(), Optional.empty()),
            change("change-register-instance", "14:00:01", "RegisterInstance", OPERATION, SERVICE),
            change("change-deregister-instance", "14:05:42", "DeregisterInstance", OPERATION, SERVICE),
            change("change-tag-resource", "14:10:00", "TagResource", Optional.empty(), Optional.empty()),
            change(
                    "change-update-service-attributes",
                    "14:11:00",
                    "UpdateServiceAttributes",
                    Optional.empty(),
                    SERVICE),
            change(
                    "change-update-custom-health",
                    "14:12:30",
                    "UpdateInstanceCustomHealthStatus",
                    Optional.empty(),
                    SERVICE),
            Map.entry("no-change-refused-call", new Trigger.NoChange("DeleteService was refused (ResourceInUse)")),
            Map.entry("no-change-read-only-call", new Trigger.NoChange("ListServices only reads")),
            Map.entry("ecs-task-running", new Trigger.EcsTaskChange(Instant.parse("2026-11-20T14:20:05Z"))),
            Map.entry("ecs-task-stopped", new Trigger.EcsTaskChange(Instant.parse("2026-11-20T14:31:17Z"))),
            Map.entry("schedule", new Trigger.Schedule()),
            Map.entry("manual", new Trigger.Manual(Orders.NONE)),
            Map.entry("manual-full-sync", new Trigger.Manual(new Orders(true, false))),
            Map.entry("manual-allow-mass-deletion", new Trigger.Manual(new Orders(false, true))),
            Map.entry("check", new Trigger.Check()));

    private static Map.Entry<String, Trigger> change(
            String file, String time, String operation, Optional<String> operationId, Optional<String> service) {
        Instant at = Instant.parse("2026-11-20T" + time + "Z");
        return Map.entry(file, new Trigger.CloudMapChange(at, operation, operationId, service));
    }

    static Stream<String> files() throws IOException {
        try (Stream<Path> files = Files.list(EVENTS)) {
            return files
                    .map(file -> file.getFileName().toString().replaceFirst("\\.json$", ""))
                    .filter(name -> !name.startsWith("sqs"))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void of_recognisesEveryFileInEvents(String file) throws IOException {
        Trigger trigger = Trigger.of(Json.parseObject(Files.readString(EVENTS.resolve(file + ".json"))));

        assertThat(TRIGGERS).as("what events/%s.json is", file).containsEntry(file, trigger);
    }

    @Test
    void of_recognisesNoPayload() {
        assertThat(Trigger.of(null)).isEqualTo(new Trigger.Manual(Orders.NONE));
    }

    @Test
    void of_recognisesSchedulerEvent() {
        Map<String, Object> event =
                Map.of("source", "aws.scheduler", "detail-type", "Scheduled Event", "time", "2026-11-20T14:25:00Z");

        assertThat(Trigger.of(event)).isEqualTo(new Trigger.Schedule());
    }

    @Test
    void of_combinesOptions() {
        assertThat(Trigger.of(Map.of("fullSync", true, "allowMassDeletion", true, "check", false)))
                .isEqualTo(new Trigger.Manual(new Orders(true, true)));
    }

    @Test
    void of_refusesUnknownOption() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Trigger.of(Map.of("fullsync", true)))
                .withMessage("unknown option fullsync; allowed: fullSync, allowMassDeletion, check (true or false)");
    }

    @Test
    void of_refusesOptionThatIsNoTruthValue() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Trigger.of(Map.of("fullSync", "true")))
                .withMessage("option 'fullSync' is not true or false; allowed: fullSync, allowMassDeletion, check"
                        + " (true or false)");
    }

    @Test
    void of_refusesUnknownSourceAndSaysWhatIsAccepted() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Trigger.of(Map.of("source", "aws.s3", "detail-type", "Object Created")))
                .withMessageContainingAll(
                        "its source is aws.s3,",
                        "its detail-type has 14 characters",
                        "aws.servicediscovery",
                        "ECS Task State Change",
                        "{}");
    }

    @Test
    void of_refusesCloudTrailEventWithoutName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Trigger.of(
                        Map.of("source", "aws.servicediscovery", "detail-type", "AWS API Call via CloudTrail")))
                .withMessageContaining("detail.eventName");
    }

    @Test
    void of_refusesTimeOfAnotherForm() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Trigger.of(
                        Map.of("source", "aws.ecs", "detail-type", "ECS Task State Change", "time", "yesterday")))
                .withMessageContaining("2026-11-20T14:00:00Z");
    }

    @Test
    void of_quotesNothing_whenACallThatChangedNothingHasALongNameOrNone() {
        Trigger trigger = Trigger.of(Map.of(
                "source", "aws.servicediscovery",
                "detail-type", "AWS API Call via CloudTrail",
                "detail", Map.of("eventName", "x".repeat(1_000), "errorCode", "hunter2")));

        assertThat(trigger)
                .isEqualTo(
                        new Trigger.NoChange("something of 1000 characters was refused (something of 7 characters)"));
    }
}
