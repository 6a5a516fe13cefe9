package io.github.cloudmapgraph.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What makes the producer read, what does not, and where it ends when that fails. */
class TriggersTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path EVENTS = Path.of("../events");
    private static final String RULE = "AWS::Events::Rule";
    private static final String PERMISSION = "AWS::Lambda::Permission";

    private final Synthesized stack = Synthesized.shared();

    /** The files are what AWS sends; their names tell which of them say that something changed. */
    @Test
    void rules_matchTheEventsThatTellOfAChange_andNoOther() throws IOException {
        Map<String, String> expected = new TreeMap<>();
        Map<String, String> found = new TreeMap<>();
        try (Stream<Path> files = Files.list(EVENTS)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                expected.put(
                        name,
                        name.startsWith("change-")
                                ? "CloudMapChanged"
                                : name.startsWith("ecs-task-") ? "EcsTaskChanged" : "");
                found.put(name, String.join(" ", rulesThatMatch(JSON.readTree(file.toFile()))));
            }
        }

        assertThat(found).isEqualTo(expected);
        assertThat(expected.values()).contains("CloudMapChanged", "EcsTaskChanged", "");
        assertThat(expected).containsKeys("no-change-read-only-call.json", "no-change-refused-call.json");
    }

    /** PENDING, PROVISIONING, ... are on the way to RUNNING: nothing is registered yet, and each would be a read. */
    @Test
    void ecsRule_leavesOut_whatIsOnlyOnTheWay() throws IOException {
        ObjectNode event = event("ecs-task-running.json");
        ((ObjectNode) event.get("detail")).put("lastStatus", "PENDING");

        assertThat(rulesThatMatch(event)).isEmpty();
    }

    /** Each reason is enough by itself to leave an event out. */
    @ParameterizedTest
    @CsvSource({"errorCode,ThrottlingException", "readOnly,true", "eventSource,ecs.amazonaws.com"})
    void cloudMapRule_leavesOut_whatChangedNothing(String field, String value) throws IOException {
        ObjectNode event = event("change-register-instance.json");
        ((ObjectNode) event.get("detail"))
                .set(field, value.equals("true") ? JSON.readTree(value) : JSON.valueToTree(value));

        assertThat(rulesThatMatch(event)).isEmpty();
    }

    /** CloudTrail cannot log what no trail asks for; a second trail of management events would cost money. */
    @Test
    void trail_isMadeOnlyWhenAskedFor() {
        assertThat(stack.resources("AWS::CloudTrail::Trail")).isEmpty();

        JsonNode trail = Synthesized.shared("cloudTrail", "create").properties("AWS::CloudTrail::Trail", "ChangeTrail");
        assertThat(trail.get("IsLogging").asBoolean()).isTrue();
        assertThat(trail.get("EventSelectors")).hasSize(1);
        assertThat(trail.at("/EventSelectors/0/IncludeManagementEvents").asBoolean())
                .isTrue();
        assertThat(trail.at("/EventSelectors/0/ReadWriteType").asText()).isEqualTo("WriteOnly");
    }

    /** EventBridge refuses "1 minutes" and "2 minute". */
    @ParameterizedTest
    @CsvSource({"5,3,rate(5 minutes)", "1,0,rate(1 minute)", "480,23,rate(8 hours)"})
    void schedules_areThoseOfTheOptions(String minutes, String hour, String rate) {
        Synthesized deployed = Synthesized.shared("scheduleMinutes", minutes, "fullSyncHour", hour);

        assertThat(rule(deployed, "Schedule").get("ScheduleExpression").asText())
                .isEqualTo(rate);
        assertThat(rule(deployed, "FullSync").get("ScheduleExpression").asText())
                .isEqualTo("cron(17 " + hour + " * * ? *)");
    }

    @Test
    void schedules_areFiveMinutesAndThreeOClock_whenNothingIsSaid() {
        assertThat(rule(stack, "Schedule").get("ScheduleExpression").asText()).isEqualTo("rate(5 minutes)");
        assertThat(rule(stack, "FullSync").get("ScheduleExpression").asText()).isEqualTo("cron(17 3 * * ? *)");
    }

    /** Without an input EventBridge sends the event itself, whose name and operation the producer reads. */
    @Test
    void events_reachTheProducerUnchanged() throws IOException {
        for (String rule : List.of("CloudMapChanged", "EcsTaskChanged", "Schedule")) {
            assertThat(target(rule).has("Input")).as(rule).isFalse();
            assertThat(target(rule).has("InputPath")).as(rule).isFalse();
            assertThat(target(rule).has("InputTransformer")).as(rule).isFalse();
        }
        // What a schedule sends then; the producer's own tests read the same file.
        assertThat(event("schedule.json").get("source").asText()).isEqualTo("aws.events");
        assertThat(event("schedule.json").get("detail-type").asText()).isEqualTo("Scheduled Event");
    }

    /** The daily one asks for the same as a person who invokes with the file. */
    @Test
    void fullSync_sendsWhatAPersonSends() throws IOException {
        assertThat(JSON.readTree(target("FullSync").get("Input").asText())).isEqualTo(event("manual-full-sync.json"));
    }

    @Test
    void everyRule_isOn_andHasTheProducerAsItsOnlyTarget() {
        assertThat(stack.resources(RULE)).hasSize(4);
        stack.resources(RULE).forEach((id, rule) -> {
            assertThat(rule.at("/Properties/State").asText()).as(id).isEqualTo("ENABLED");
            assertThat(rule.at("/Properties/Targets")).as(id).hasSize(1);
            assertThat(Synthesized.text(rule.at("/Properties/Targets/0/Arn")))
                    .as(id)
                    .isEqualTo("${ProducerLive}");
        });
    }

    /** One permission for each rule, by its ARN: no other rule, account or service may invoke either function. */
    @Test
    void functions_mayBeInvokedByTheRulesAlone() {
        assertThat(stack.resources(PERMISSION).values())
                .extracting(permission -> permission.get("Properties"))
                .allSatisfy(permission -> {
                    assertThat(permission.get("Action").asText()).isEqualTo("lambda:InvokeFunction");
                    assertThat(permission.get("Principal").asText()).isEqualTo("events.amazonaws.com");
                    assertThat(Synthesized.text(permission.get("FunctionName"))).isEqualTo("${ProducerLive}");
                })
                .extracting(permission -> Synthesized.text(permission.get("SourceArn")))
                .containsExactlyInAnyOrderElementsOf(rules());
    }

    /** The other ways in: a function URL, a second event source, a permission in another policy. */
    @Test
    void functions_haveNoOtherWayIn() {
        assertThat(stack.resources("AWS::Lambda::Url")).isEmpty();
        assertThat(stack.resources("AWS::Lambda::EventSourceMapping")).hasSize(1);
        assertThat(stack.resources("AWS::Scheduler::Schedule")).isEmpty();
        assertThat(Synthesized.text(stack.properties("AWS::Lambda::EventSourceMapping", "Consumer")
                        .get("EventSourceArn")))
                .isEqualTo("${StateSnapshots.Arn}");
        stack.resources("AWS::IAM::Policy")
                .forEach((id, policy) -> assertThat(policy.toString()).as(id).doesNotContain("lambda:Invoke"));
    }

    @Test
    void undeliverableEvents_endInTheFailedInvocations() {
        stack.resources(RULE).forEach((id, rule) -> {
            JsonNode target = rule.at("/Properties/Targets/0");
            assertThat(Synthesized.text(target.at("/DeadLetterConfig/Arn")))
                    .as(id)
                    .isEqualTo("${StateFailedInvocations.Arn}");
            // An older event is not worth a read: the schedule has read since.
            assertThat(target.at("/RetryPolicy/MaximumEventAgeInSeconds").asInt())
                    .as(id)
                    .isEqualTo(3600);
            assertThat(target.at("/RetryPolicy/MaximumRetryAttempts").asInt())
                    .as(id)
                    .isPositive();
        });
    }

    /** The queue's policy lets in EventBridge, for the stack's own rules and for nothing but sending. */
    @Test
    void failedInvocations_letInTheRulesAlone() {
        List<JsonNode> allowed = Synthesized.elements(
                        stack.properties("AWS::SQS::QueuePolicy", "StateFailedInvocationsPolicy")
                                .at("/PolicyDocument/Statement"))
                .stream()
                .filter(statement -> statement.get("Effect").asText().equals("Allow"))
                .toList();

        assertThat(allowed)
                .allSatisfy(statement -> {
                    assertThat(statement.get("Action").asText()).isEqualTo("sqs:SendMessage");
                    assertThat(statement.get("Principal")).hasToString("{\"Service\":\"events.amazonaws.com\"}");
                    assertThat(Synthesized.text(statement.get("Resource"))).isEqualTo("${StateFailedInvocations.Arn}");
                    assertThat(statement.get("Condition")).hasSize(1);
                })
                .extracting(statement -> Synthesized.text(statement.at("/Condition/ArnEquals/aws:SourceArn")))
                .containsExactlyInAnyOrderElementsOf(rules());
    }

    /** Lambda's two retries, within the hour; what failed for good is kept, and raises the alarm. */
    @Test
    void asynchronousFailures_endInTheFailedInvocations_afterTwoRetries() {
        assertThat(stack.resources("AWS::Lambda::EventInvokeConfig")).hasSize(1);
        JsonNode config = stack.properties("AWS::Lambda::EventInvokeConfig", "ProducerAsynchronous");

        assertThat(Synthesized.text(config.get("FunctionName"))).isEqualTo("${ProducerFunction}");
        assertThat(config.get("MaximumRetryAttempts").asInt()).isEqualTo(2);
        assertThat(config.get("MaximumEventAgeInSeconds").asInt()).isEqualTo(3600);
        assertThat(Synthesized.text(config.at("/DestinationConfig/OnFailure/Destination")))
                .isEqualTo("${StateFailedInvocations.Arn}");
        assertThat(config.at("/DestinationConfig/OnSuccess").isMissingNode()).isTrue();
    }

    /** Lambda sends there with the function's own role. */
    @Test
    void producer_maySendToTheFailedInvocations() {
        assertThat(stack.statementsOf("Producer")).anySatisfy(statement -> {
            assertThat(Synthesized.text(statement.get("Resource"))).isEqualTo("${StateFailedInvocations.Arn}");
            assertThat(Synthesized.elements(statement.get("Action")))
                    .extracting(JsonNode::asText)
                    .containsExactly("sqs:SendMessage");
        });
    }

    private List<String> rules() {
        return stack.resources(RULE).keySet().stream()
                .map(id -> "${" + id.substring(0, id.length() - 8) + ".Arn}")
                .toList();
    }

    private Set<String> rulesThatMatch(JsonNode event) {
        var matching = new TreeSet<String>();
        for (String name : List.of("CloudMapChanged", "EcsTaskChanged")) {
            if (new EventPattern(rule(stack, name).get("EventPattern")).matches(event)) {
                matching.add(name);
            }
        }
        return matching;
    }

    private JsonNode target(String rule) {
        return rule(stack, rule).at("/Targets/0");
    }

    private static JsonNode rule(Synthesized deployed, String name) {
        return deployed.properties(RULE, "Triggers" + name);
    }

    private static ObjectNode event(String file) throws IOException {
        return (ObjectNode) JSON.readTree(EVENTS.resolve(file).toFile());
    }
}
