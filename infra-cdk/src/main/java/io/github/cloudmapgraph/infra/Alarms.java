package io.github.cloudmapgraph.infra;

import io.github.cloudmapgraph.infra.options.Options;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.AlarmProps;
import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;
import software.amazon.awscdk.services.cloudwatch.IAlarm;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.MathExpression;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.amazon.awscdk.services.cloudwatch.TreatMissingData;
import software.amazon.awscdk.services.cloudwatch.actions.SnsAction;
import software.amazon.awscdk.services.lambda.IFunction;
import software.amazon.awscdk.services.sqs.IQueue;
import software.constructs.Construct;

/**
 * What a person has to look at; docs/operations.md tells of each what it means and what to do.
 *
 * <p>While the Neo4j secret is not filled in, none goes off: the graph's age is not measured before the first update,
 * the oldest message does not count, and the functions do not fail.
 */
final class Alarms extends Construct {
    private static final Duration QUARTER = Duration.minutes(15);

    private final Options options;
    private final Optional<SnsAction> notify;
    private final List<IAlarm> alarms = new ArrayList<>();

    Alarms(
            Construct scope,
            String id,
            Options options,
            Metrics metrics,
            State state,
            IFunction producer,
            IFunction consumer,
            AlarmTopic topic) {
        super(scope, id);
        this.options = options;
        this.notify = topic.topic().map(SnsAction::new);
        graphAge(metrics);
        oldestMessage(metrics, state.snapshots());
        seen("DeadLetters", "A snapshot can never be applied", messagesIn(state.deadLetters()));
        seen("FailedInvocations", "A read failed for good", messagesIn(state.failedInvocations()));
        errors("ConsumerErrors", "The consumer fails", consumer);
        errors("ProducerErrors", "The producer fails", producer);
        seen("HeldBack", "A mass deletion waits for confirmation", aReadsPeriod(metrics.outcomes("HeldBack")));
        seen("DeniedNamespace", "A shared namespace is denied", aReadsPeriod(metrics.deniedNamespaces()));
    }

    /**
     * Missing data is a state of its own, and also told of: the producer has stopped to read. A new alarm is in that
     * state without having come to it, so nothing is told before the first update.
     */
    private void graphAge(Metrics metrics) {
        Alarm alarm = add(
                "GraphAge",
                "The graph is old",
                AlarmProps.builder()
                        .metric(aReadsPeriod(metrics.graphAge()))
                        .comparisonOperator(ComparisonOperator.GREATER_THAN_THRESHOLD)
                        .threshold(options.alarms().graphAgeMinutes() * 60)
                        .evaluationPeriods(3)
                        .datapointsToAlarm(1)
                        .treatMissingData(TreatMissingData.MISSING));
        notify.ifPresent(alarm::addInsufficientDataAction);
    }

    /**
     * SQS tells the age of messages that nobody receives, and leaves out those that were received more than three
     * times; the consumer tells the age of those that it received and had to leave. The larger counts, but not while
     * the secret is to be filled in; and two quarters in a row, for what waited for that is received again within ten
     * minutes.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html">
     *     ApproximateAgeOfOldestMessage</a>
     */
    private void oldestMessage(Metrics metrics, IQueue snapshots) {
        Map<String, IMetric> used = new TreeMap<>();
        used.put(
                "age",
                snapshots.metricApproximateAgeOfOldestMessage(
                        MetricOptions.builder().statistic("Maximum").build()));
        used.put("left", metrics.waitingAge());
        used.put("notFilledIn", metrics.accessNotFilledIn());
        add(
                "OldestMessage",
                "Snapshots wait",
                AlarmProps.builder()
                        .metric(MathExpression.Builder.create()
                                .expression("IF(FILL(notFilledIn, 0) > 0, 0, MAX([FILL(age, 0), FILL(left, 0)]))")
                                .usingMetrics(used)
                                .label("Age of the oldest snapshot")
                                .period(QUARTER)
                                .build())
                        .comparisonOperator(ComparisonOperator.GREATER_THAN_THRESHOLD)
                        .threshold(options.alarms().oldestMessageMinutes() * 60)
                        .evaluationPeriods(2)
                        .datapointsToAlarm(2)
                        .treatMissingData(TreatMissingData.NOT_BREACHING));
    }

    /**
     * In a shorter period there would be no value between two reads, and the alarm would be over until the next one.
     */
    private Metric aReadsPeriod(Metric metric) {
        return metric.with(MetricOptions.builder()
                .period(Duration.minutes(Math.max(5, options.schedules().minutes())))
                .build());
    }

    private static IMetric messagesIn(IQueue queue) {
        return queue.metricApproximateNumberOfMessagesVisible(MetricOptions.builder()
                .statistic("Maximum")
                .period(Duration.minutes(5))
                .build());
    }

    /** Of what is counted here, one is one too many. */
    private void seen(String id, String meaning, IMetric metric) {
        add(id, meaning, atLeast(1, metric));
    }

    private void errors(String id, String meaning, IFunction function) {
        add(
                id,
                meaning,
                atLeast(
                        options.alarms().errorsInFifteenMinutes(),
                        function.metricErrors(
                                MetricOptions.builder().period(QUARTER).build())));
    }

    private static AlarmProps.Builder atLeast(int threshold, IMetric metric) {
        return AlarmProps.builder()
                .metric(metric)
                .comparisonOperator(ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD)
                .threshold(threshold)
                .evaluationPeriods(1)
                .treatMissingData(TreatMissingData.NOT_BREACHING);
    }

    private Alarm add(String id, String meaning, AlarmProps.Builder props) {
        var alarm = new Alarm(
                this,
                id,
                props.alarmName(options.stackName() + "-" + id)
                        .alarmDescription(meaning + ". docs/operations.md#" + anchor(id))
                        .build());
        notify.ifPresent(action -> {
            alarm.addAlarmAction(action);
            alarm.addOkAction(action);
        });
        alarms.add(alarm);
        return alarm;
    }

    /** Turns {@code DeadLetters} into {@code dead-letters}. */
    private static String anchor(String id) {
        return id.replaceAll("(?<=.)([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    /** Returns them, the most important first. */
    List<IAlarm> all() {
        return List.copyOf(alarms);
    }
}
