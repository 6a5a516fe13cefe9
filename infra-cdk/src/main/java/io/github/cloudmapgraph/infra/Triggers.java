package io.github.cloudmapgraph.infra;

import io.github.cloudmapgraph.infra.options.Options;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.events.CronOptions;
import software.amazon.awscdk.services.events.EventPattern;
import software.amazon.awscdk.services.events.Match;
import software.amazon.awscdk.services.events.Rule;
import software.amazon.awscdk.services.events.RuleTargetInput;
import software.amazon.awscdk.services.events.Schedule;
import software.amazon.awscdk.services.events.targets.LambdaFunction;
import software.amazon.awscdk.services.lambda.IFunction;
import software.amazon.awscdk.services.sqs.IQueue;
import software.constructs.Construct;

/**
 * What makes the producer read: changes of Cloud Map, tasks of ECS that start and stop, the schedule, and once a day
 * the schedule of the full sync.
 */
final class Triggers extends Construct {
    /** What is older is not worth a read: the schedule has read many times since. */
    static final Duration EVENT_MAX_AGE = Duration.hours(1);

    private final IFunction producer;
    private final IQueue undeliverable;

    Triggers(Construct scope, String id, Options.Schedules schedules, IFunction producer, IQueue undeliverable) {
        super(scope, id);
        this.producer = producer;
        this.undeliverable = undeliverable;
        events("CloudMapChanged", "Calls that changed Cloud Map, as CloudTrail tells", cloudMapChanges());
        events("EcsTaskChanged", "Tasks of ECS that started or stopped", ecsTasks());
        rule("Schedule", "What no event told of")
                .schedule(Schedule.rate(Duration.minutes(schedules.minutes())))
                .targets(List.of(target().build()))
                .build();
        rule("FullSync", "Once a day everything is compared, and restamped")
                .schedule(Schedule.cron(CronOptions.builder()
                        .hour(Integer.toString(schedules.fullSyncHour()))
                        // Not on the hour, when most of the world's schedules run.
                        .minute("17")
                        .build()))
                .targets(List.of(target().event(RuleTargetInput.fromObject(Map.of("fullSync", true)))
                        .build()))
                .build();
    }

    /**
     * Calls that succeeded and changed something.
     *
     * @see <a href="https://docs.aws.amazon.com/cloud-map/latest/dg/logging-using-cloudtrail.html">Logging AWS Cloud
     *     Map API calls with CloudTrail</a>
     */
    private static EventPattern cloudMapChanges() {
        return EventPattern.builder()
                .source(List.of("aws.servicediscovery"))
                .detailType(List.of("AWS API Call via CloudTrail"))
                .detail(new TreeMap<>(Map.of(
                        "eventSource", List.of("servicediscovery.amazonaws.com"),
                        "readOnly", List.of(false),
                        "errorCode", Match.doesNotExist())))
                .build();
    }

    private static EventPattern ecsTasks() {
        return EventPattern.builder()
                .source(List.of("aws.ecs"))
                .detailType(List.of("ECS Task State Change"))
                .detail(Map.of("lastStatus", List.of("RUNNING", "STOPPED")))
                .build();
    }

    private void events(String id, String description, EventPattern pattern) {
        rule(id, description)
                .eventPattern(pattern)
                .targets(List.of(target().build()))
                .build();
    }

    private Rule.Builder rule(String id, String description) {
        return Rule.Builder.create(this, id).description("Cloud Map Graph: " + description);
    }

    private LambdaFunction.Builder target() {
        return LambdaFunction.Builder.create(producer)
                .deadLetterQueue(undeliverable)
                .maxEventAge(EVENT_MAX_AGE)
                .retryAttempts(10);
    }
}
