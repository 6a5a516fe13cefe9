package io.github.cloudmapgraph.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When somebody is told, and who. */
class AlarmsTest {
    private static final String ALARM = "AWS::CloudWatch::Alarm";
    private static final String TOPIC = "AWS::SNS::Topic";
    private static final String OWN_TOPIC = "arn:aws:sns:eu-west-1:111122223333:on-call";
    private static final int QUARTER = 15 * 60;

    /** All but the two that stand below: they go by an expression, and by data that may be missing. */
    private static final String SIMPLE = """
        DeadLetters       AWS/SQS ApproximateNumberOfMessagesVisible of ${StateDeadLetters.QueueName}: Maximum of 300 s >= 1
        FailedInvocations AWS/SQS ApproximateNumberOfMessagesVisible of ${StateFailedInvocations.QueueName}: Maximum of 300 s >= 1
        ConsumerErrors    AWS/Lambda Errors of ${ConsumerFunction}: Sum of 900 s >= 3
        ProducerErrors    AWS/Lambda Errors of ${ProducerFunction}: Sum of 900 s >= 3
        HeldBack          CloudMapGraph HeldBack of ${AWS::AccountId}:${AWS::Region}: Sum of 300 s >= 1
        DeniedNamespace   CloudMapGraph DeniedNamespaces of ${AWS::AccountId}:${AWS::Region}: Maximum of 300 s >= 1
        """;

    private final Synthesized stack = Synthesized.shared();
    private final Synthesized told = Synthesized.shared(
            "namePrefix", "staging",
            "alarmTopic", OWN_TOPIC,
            "alarmEmail", "sre@example.com",
            "oldestMessageMinutes", "20",
            "graphAgeMinutes", "45",
            "errorsInFifteenMinutes", "7");
    private final Synthesized byMail = Synthesized.shared("alarmEmail", "sre@example.com");

    /** One period is enough, and where nothing was counted nothing is wrong. */
    @Test
    void alarms_goOff_asTheTableSays() {
        Map<String, String> found = new TreeMap<>();
        for (String line : SIMPLE.lines().toList()) {
            String id = line.substring(0, line.indexOf(' '));
            JsonNode alarm = alarm(stack, id);
            found.put(id, describe(alarm));
            assertThat(alarm.get("EvaluationPeriods").asInt()).as(id).isOne();
            assertThat(alarm.path("DatapointsToAlarm").asInt(1)).as(id).isOne();
            assertThat(alarm.get("TreatMissingData").asText()).as(id).isEqualTo("notBreaching");
        }

        assertThat(found)
                .isEqualTo(SIMPLE.lines()
                        .collect(Collectors.toMap(
                                line -> line.substring(0, line.indexOf(' ')),
                                line -> line.substring(line.indexOf(' ')).strip())));
        assertThat(stack.resources(ALARM))
                .hasSize(found.size() + List.of("GraphAge", "OldestMessage").size());
    }

    /**
     * The newest of a period counts, the minimum: one read after the graph was updated is enough. Where no read tells
     * an age, the producer has stopped to read: that is a state of its own, and told of like an alarm.
     */
    @Test
    void graphAge_goesOff_whenTheGraphIsOld_andTellsWhenItIsNotMeasured() {
        JsonNode alarm = alarm(stack, "GraphAge");

        assertThat(describe(alarm))
                .isEqualTo("CloudMapGraph GraphAge of ${AWS::AccountId}:${AWS::Region}: Minimum of 300 s > 1800");
        assertThat(alarm.get("TreatMissingData").asText()).isEqualTo("missing");
        assertThat(alarm.get("DatapointsToAlarm").asInt()).isOne();
        assertThat(alarm.get("EvaluationPeriods").asInt()).isGreaterThan(1);
        assertThat(actions(alarm(told, "GraphAge"), "InsufficientDataActions")).containsExactly(OWN_TOPIC);
    }

    /** Or else there would be periods without a read, which look as if the producer had stopped. */
    @ParameterizedTest
    @CsvSource({"1,0", "480,23"})
    void graphAge_hasAReadInEachPeriod(int minutes, String hour) {
        JsonNode alarm = alarm(
                Synthesized.shared("scheduleMinutes", Integer.toString(minutes), "fullSyncHour", hour), "GraphAge");
        int period = stat(alarm).get("Period").asInt();
        int lookedAt = period * alarm.get("EvaluationPeriods").asInt();

        assertThat(period).isGreaterThanOrEqualTo(minutes * 60);
        assertThat(alarm.get("Threshold").asInt()).isGreaterThanOrEqualTo(2 * minutes * 60);
        // CloudWatch's limits: seven days where the periods are of an hour or more, else one.
        assertThat(lookedAt).isLessThanOrEqualTo((period < 3600 ? 1 : 7) * 24 * 3600);
    }

    /** Not one that waits for the secret, however long; else the older of what nobody fetched and what was left. */
    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
        # secret not filled in, age of the oldest, age of those left; alarming
        1, 90000, 90000, false
        0, 1000, -, true
        0, -, 1000, true
        0, 1000, 0, true
        0, 0, 1000, true
        0, 800, 800, false
        0, -, -, false
        -, 1000, -, true
        -, -, -, false
        """)
    void oldestMessage_goesOff_whenSnapshotsWait_forSomethingElseThanTheSecret(
            String notFilledIn, String oldest, String left, boolean alarming) {
        JsonNode alarm = alarm(stack, "OldestMessage");
        Map<String, String> byMetric = new TreeMap<>();
        byMetric.put("AccessNotFilledIn", notFilledIn);
        byMetric.put("ApproximateAgeOfOldestMessage", oldest);
        byMetric.put("WaitingAge", left);
        byMetric.values().removeIf("-"::equals);

        assertThat(valueOf(alarm, byMetric) > alarm.get("Threshold").asDouble()).isEqualTo(alarming);
    }

    /** What waited for the secret is received within ten minutes of its being filled in: one period is forgiven. */
    @Test
    void oldestMessage_goesOff_afterTwoQuartersInARow() {
        JsonNode alarm = alarm(stack, "OldestMessage");

        assertThat(alarm.get("EvaluationPeriods").asInt()).isEqualTo(2);
        assertThat(alarm.get("DatapointsToAlarm").asInt()).isEqualTo(2);
        assertThat(alarm.get("ComparisonOperator").asText()).isEqualTo("GreaterThanThreshold");
        assertThat(alarm.get("TreatMissingData").asText()).isEqualTo("notBreaching");
        assertThat(metrics(alarm)).allSatisfy(metric -> {
            assertThat(metric.at("/MetricStat/Period").asInt()).isEqualTo(QUARTER);
            assertThat(metric.at("/MetricStat/Stat").asText()).isEqualTo("Maximum");
        });
        assertThat(metrics(alarm))
                .filteredOn(metric ->
                        metric.at("/MetricStat/Metric/Namespace").asText().equals("AWS/SQS"))
                .hasSize(1)
                .allSatisfy(metric -> assertThat(Synthesized.text(metric.at("/MetricStat/Metric/Dimensions/0/Value")))
                        .isEqualTo("${StateSnapshots.QueueName}"));
    }

    @Test
    void thresholds_areThoseOfTheOptions() {
        assertThat(alarm(told, "OldestMessage").get("Threshold").asInt()).isEqualTo(20 * 60);
        assertThat(alarm(told, "GraphAge").get("Threshold").asInt()).isEqualTo(45 * 60);
        assertThat(alarm(told, "ConsumerErrors").get("Threshold").asInt()).isEqualTo(7);
        assertThat(alarm(told, "ProducerErrors").get("Threshold").asInt()).isEqualTo(7);
    }

    @Test
    void thresholds_areAQuarterForMessages_whenNothingIsSaid() {
        assertThat(alarm(stack, "OldestMessage").get("Threshold").asInt()).isEqualTo(QUARTER);
    }

    @Test
    void nobodyIsTold_whenNoTopicIsNamed() {
        assertThat(stack.resources(TOPIC)).isEmpty();
        assertThat(stack.resources("AWS::SNS::Subscription")).isEmpty();
        stack.resources(ALARM).forEach((id, alarm) -> {
            for (String state : List.of("AlarmActions", "OKActions", "InsufficientDataActions")) {
                assertThat(actions(alarm.get("Properties"), state)).as(id).isEmpty();
            }
        });
    }

    /** Of the end of an alarm too; of missing data only where it means something. */
    @Test
    void theNamedTopic_isToldOfEveryAlarm_andOfItsEnd() {
        assertThat(told.resources(TOPIC)).isEmpty();
        told.resources(ALARM).forEach((id, alarm) -> {
            assertThat(actions(alarm.get("Properties"), "AlarmActions")).as(id).containsExactly(OWN_TOPIC);
            assertThat(actions(alarm.get("Properties"), "OKActions")).as(id).containsExactly(OWN_TOPIC);
            assertThat(actions(alarm.get("Properties"), "InsufficientDataActions"))
                    .as(id)
                    .hasSize(id.startsWith("AlarmsGraphAge") ? 1 : 0);
        });
        JsonNode subscription = told.properties("AWS::SNS::Subscription", "AlarmTopic");
        assertThat(subscription.get("Endpoint").asText()).isEqualTo("sre@example.com");
        assertThat(subscription.get("Protocol").asText()).isEqualTo("email");
        assertThat(subscription.get("TopicArn").asText()).isEqualTo(OWN_TOPIC);
    }

    /** An address alone is enough: the topic that e-mail needs is made. */
    @Test
    void aTopicIsMade_whenThereIsOnlyAnAddress() {
        assertThat(byMail.resources(TOPIC)).hasSize(1);
        assertThat(Synthesized.text(byMail.properties("AWS::SNS::Subscription", "AlarmTopic")
                        .get("TopicArn")))
                .isEqualTo("${AlarmTopic}");
        byMail.resources(ALARM)
                .forEach((id, alarm) -> assertThat(actions(alarm.get("Properties"), "AlarmActions"))
                        .as(id)
                        .containsExactly("${AlarmTopic}"));
    }

    /**
     * A policy takes the place of the one that lets everything of the account publish; without this statement every
     * alarm would end in "not authorized to perform: SNS:Publish".
     *
     * @see <a href="https://repost.aws/knowledge-center/cloudwatch-receive-sns-for-alarm-trigger">Why didn't I receive
     *     a notification for my alarm</a>
     */
    @Test
    void theMadeTopic_letsTheAlarmsPublish_andNobodyWithoutTls() {
        List<JsonNode> statements = Synthesized.elements(
                byMail.properties("AWS::SNS::TopicPolicy", "AlarmTopic").at("/PolicyDocument/Statement"));

        assertThat(statements)
                .filteredOn(statement -> statement.get("Effect").asText().equals("Allow"))
                .singleElement()
                .satisfies(statement -> {
                    assertThat(statement.get("Principal")).hasToString("{\"Service\":\"cloudwatch.amazonaws.com\"}");
                    assertThat(statement.get("Action").asText()).isEqualTo("sns:Publish");
                    assertThat(Synthesized.text(statement.get("Resource"))).isEqualTo("${AlarmTopic}");
                    assertThat(Synthesized.text(statement.at("/Condition/ArnLike/aws:SourceArn")))
                            .isEqualTo("arn:${AWS::Partition}:cloudwatch:${AWS::Region}:${AWS::AccountId}"
                                    + ":alarm:CloudMapGraph-*");
                });
        assertThat(byMail.resources(ALARM).values())
                .allMatch(alarm -> alarm.at("/Properties/AlarmName").asText().startsWith("CloudMapGraph-"));
        assertThat(statements)
                .filteredOn(statement -> statement.get("Effect").asText().equals("Deny"))
                .singleElement()
                .satisfies(statement -> assertThat(statement.get("Condition"))
                        .hasToString("{\"Bool\":{\"aws:SecureTransport\":\"false\"}}"));
    }

    /** Several deployments of an account are told apart by name, and each goes by its own measurements. */
    @Test
    void alarms_areThoseOfTheDeployment_whenItHasAPrefix() {
        told.resources(ALARM)
                .forEach((id, alarm) -> assertThat(
                                alarm.at("/Properties/AlarmName").asText())
                        .isEqualTo("staging-CloudMapGraph-" + name(id)));
        assertThat(describe(alarm(told, "HeldBack"))).contains(" of ${AWS::AccountId}:${AWS::Region}:staging:");
        assertThat(told.properties("AWS::Lambda::Function", "Producer")
                        .at("/Environment/Variables/DEPLOYMENT_NAME")
                        .asText())
                .isEqualTo("staging");
    }

    /** Whoever is woken up by one finds there what it means and what to do. */
    @Test
    void descriptions_leadToAHeadingOfTheDocuments() throws IOException {
        Set<String> anchors = Files.readAllLines(Path.of("../docs/operations.md")).stream()
                .filter(line -> line.startsWith("#"))
                .map(line ->
                        line.replaceFirst("^#+ ", "").toLowerCase(Locale.ROOT).replace(' ', '-'))
                .collect(Collectors.toSet());

        stack.resources(ALARM).forEach((id, alarm) -> {
            String description = alarm.at("/Properties/AlarmDescription").asText();
            assertThat(description).as(id).matches("[A-Z][^.]+\\. docs/operations\\.md#[a-z-]+");
            assertThat(anchors).as(id).contains(description.substring(description.indexOf('#') + 1));
        });
    }

    /** A misspelt name would be an alarm that never goes off. The functions' sources are read as text. */
    @Test
    void metrics_areThoseThatTheFunctionsWrite() throws IOException {
        Set<String> used = new TreeSet<>();
        stack.resources(ALARM)
                .values()
                .forEach(alarm -> metrics(alarm.get("Properties")).stream()
                        .map(metric -> metric.at("/MetricStat/Metric"))
                        .filter(metric -> metric.get("Namespace").asText().equals("CloudMapGraph"))
                        .forEach(metric -> {
                            used.add(metric.get("MetricName").asText());
                            assertThat(metric.get("Dimensions")).hasSize(1);
                            assertThat(metric.at("/Dimensions/0/Name").asText()).isEqualTo("scope");
                        }));

        assertThat(used).contains("GraphAge", "HeldBack", "DeniedNamespaces", "AccessNotFilledIn");
        assertThat(WrittenMetrics.names()).containsAll(used);
        assertThat(WrittenMetrics.namespaceAndDimension()).containsExactlyInAnyOrder("CloudMapGraph", "scope");
    }

    private static JsonNode alarm(Synthesized deployed, String id) {
        return deployed.properties(ALARM, "Alarms" + id);
    }

    private static String name(String logicalId) {
        return Pattern.compile("^Alarms|[0-9A-F]{8}$").matcher(logicalId).replaceAll("");
    }

    private static List<String> actions(JsonNode alarm, String state) {
        return alarm.has(state)
                ? Synthesized.elements(alarm.get(state)).stream()
                        .map(Synthesized::text)
                        .toList()
                : List.of();
    }

    /** Returns the metrics that an alarm goes by, without the expression. */
    private static List<JsonNode> metrics(JsonNode alarm) {
        return alarm.has("Metrics")
                ? Synthesized.elements(alarm.get("Metrics")).stream()
                        .filter(metric -> metric.has("MetricStat"))
                        .toList()
                : List.of();
    }

    /** Returns the one metric, which CDK writes in either of two ways. */
    private static JsonNode stat(JsonNode alarm) {
        return alarm.has("Metrics") ? alarm.at("/Metrics/0/MetricStat") : alarm;
    }

    private static String describe(JsonNode alarm) {
        JsonNode stat = stat(alarm);
        JsonNode metric = alarm.has("Metrics") ? stat.get("Metric") : alarm;
        assertThat(metric.get("Dimensions")).hasSize(1);
        return metric.get("Namespace").asText() + " " + metric.get("MetricName").asText() + " of "
                + Synthesized.text(metric.at("/Dimensions/0/Value")) + ": "
                + (alarm.has("Metrics") ? stat.get("Stat") : alarm.get("Statistic")).asText() + " of "
                + stat.get("Period").asInt() + " s "
                + Map.of("GreaterThanOrEqualToThreshold", ">=", "GreaterThanThreshold", ">")
                        .getOrDefault(alarm.get("ComparisonOperator").asText(), "?")
                + " " + alarm.get("Threshold").asInt();
    }

    /** Returns what an alarm's expression comes to. */
    private static double valueOf(JsonNode alarm, Map<String, String> byMetric) {
        Map<String, Double> byId = new TreeMap<>();
        metrics(alarm).forEach(metric -> {
            String value =
                    byMetric.get(metric.at("/MetricStat/Metric/MetricName").asText());
            if (value != null) {
                byId.put(metric.get("Id").asText(), Double.valueOf(value));
            }
        });
        List<JsonNode> expressions = Synthesized.elements(alarm.get("Metrics")).stream()
                .filter(metric -> metric.has("Expression"))
                .toList();
        assertThat(expressions).hasSize(1);
        return MetricMath.value(expressions.getFirst().get("Expression").asText(), byId);
    }
}
