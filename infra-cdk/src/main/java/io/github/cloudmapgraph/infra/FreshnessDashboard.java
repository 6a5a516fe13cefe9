package io.github.cloudmapgraph.infra;

import io.github.cloudmapgraph.infra.options.Options;
import java.util.List;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.AlarmStatusWidget;
import software.amazon.awscdk.services.cloudwatch.Color;
import software.amazon.awscdk.services.cloudwatch.Dashboard;
import software.amazon.awscdk.services.cloudwatch.GraphWidget;
import software.amazon.awscdk.services.cloudwatch.HorizontalAnnotation;
import software.amazon.awscdk.services.cloudwatch.IAlarm;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.LogQueryWidget;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.amazon.awscdk.services.cloudwatch.TextWidget;
import software.amazon.awscdk.services.cloudwatch.YAxisProps;
import software.amazon.awscdk.services.lambda.IFunction;
import software.constructs.Construct;

/**
 * Answers: is the graph fresh, and if not, why? From top to bottom: the answer, what users feel, and each step's part.
 */
final class FreshnessDashboard extends Construct {
    /**
     * The objective: of the snapshots that were applied, 99 of 100 were in the graph so soon after their read began.
     */
    static final Duration READ_TO_GRAPH_P99 = Duration.seconds(30);

    /** The objective: 95 of 100 changes that an event told of. CloudTrail takes most of it, and promises nothing. */
    static final Duration CHANGE_TO_GRAPH_P95 = Duration.minutes(5);

    private static final int WIDTH = 24;
    private static final int HEIGHT = 6;

    private final Dashboard dashboard;
    private final Options options;
    private final Metrics metrics;

    FreshnessDashboard(
            Construct scope,
            String id,
            Options options,
            Metrics metrics,
            State state,
            JavaFunction producer,
            JavaFunction consumer,
            List<IAlarm> alarms) {
        super(scope, id);
        this.options = options;
        this.metrics = metrics;
        dashboard = Dashboard.Builder.create(this, "Dashboard")
                .dashboardName(options.stackName())
                .defaultInterval(Duration.hours(12))
                .build();
        dashboard.addWidgets(AlarmStatusWidget.Builder.create()
                .title("Is the graph fresh?")
                .alarms(alarms)
                .width(WIDTH)
                .height(3)
                .build());
        dashboard.addWidgets(graphAge(), readToGraph(), changeToGraph());
        dashboard.addWidgets(text(
                "### If it is not: does the producer read?\nNo reads: see its errors, then the failed invocations. Slow"
                        + " reads: Cloud Map's request rates."));
        dashboard.addWidgets(
                graph("Reads: invocations and errors", 8, functionMetrics(producer.function())),
                graph("Time of a read, milliseconds", 8, List.of(metrics.ofReads("ReadDuration"))),
                graph(
                        "What was read",
                        8,
                        List.of(
                                metrics.ofReads("Services"),
                                metrics.ofReads("Instances"),
                                metrics.ofReads("ApiCalls"),
                                metrics.ofReads("DeniedNamespaces"))));
        dashboard.addWidgets(text("### Are the snapshots applied?\n"
                + "Waiting: Neo4j, its secret or a lock; the reason stands in the log below. Held back: a mass"
                + " deletion that wants to be confirmed."));
        dashboard.addWidgets(
                graph("What became of the snapshots", 8, outcomes()),
                graph(
                        "The queue: age of the oldest, seconds",
                        8,
                        List.of(
                                metrics.waitingAge(),
                                state.snapshots()
                                        .metricApproximateAgeOfOldestMessage(MetricOptions.builder()
                                                .statistic("Maximum")
                                                .build()))),
                graph("Updates: invocations and errors", 8, functionMetrics(consumer.function())));
        dashboard.addWidgets(warnings(producer, consumer));
    }

    private GraphWidget graphAge() {
        return GraphWidget.Builder.create()
                .title("Age of the graph, seconds")
                .left(List.of(metrics.graphAge()))
                .leftAnnotations(List.of(line("alarm", options.alarms().graphAgeMinutes() * 60)))
                .leftYAxis(fromZero())
                .width(8)
                .height(HEIGHT)
                .build();
    }

    private GraphWidget readToGraph() {
        return GraphWidget.Builder.create()
                .title("From the read to the graph, seconds")
                .left(List.of(metrics.readToGraph("p50"), metrics.readToGraph("p99")))
                .leftAnnotations(List.of(line("objective, p99", READ_TO_GRAPH_P99.toSeconds())))
                .leftYAxis(fromZero())
                .width(8)
                .height(HEIGHT)
                .build();
    }

    private GraphWidget changeToGraph() {
        return GraphWidget.Builder.create()
                .title("From the change to the graph, seconds")
                .left(List.of(metrics.changeToGraph("p50"), metrics.changeToGraph("p95")))
                .leftAnnotations(List.of(line("objective, p95", CHANGE_TO_GRAPH_P95.toSeconds())))
                .leftYAxis(fromZero())
                .width(8)
                .height(HEIGHT)
                .build();
    }

    private List<IMetric> outcomes() {
        return List.of(
                metrics.outcomes("Applied"),
                metrics.outcomes("Overtaken"),
                metrics.outcomes("Waiting"),
                metrics.outcomes("HeldBack"),
                metrics.outcomes("DeadLettered"));
    }

    private static List<IMetric> functionMetrics(IFunction function) {
        return List.of(function.metricInvocations(), function.metricErrors(), function.metricThrottles());
    }

    private static GraphWidget graph(String title, int width, List<? extends IMetric> metrics) {
        return GraphWidget.Builder.create()
                .title(title)
                .left(metrics)
                .leftYAxis(fromZero())
                .width(width)
                .height(HEIGHT)
                .build();
    }

    private static LogQueryWidget warnings(JavaFunction producer, JavaFunction consumer) {
        return LogQueryWidget.Builder.create()
                .title("The newest warnings and errors, with their reasons")
                .logGroupNames(List.of(
                        producer.logGroup().getLogGroupName(),
                        consumer.logGroup().getLogGroupName()))
                .queryLines(List.of(
                        "fields @timestamp, level, message, reason, error, version, update_id",
                        "filter level in [\"WARN\", \"ERROR\"]",
                        "sort @timestamp desc",
                        "limit 20"))
                .width(WIDTH)
                .height(HEIGHT)
                .build();
    }

    private static TextWidget text(String markdown) {
        return TextWidget.Builder.create()
                .markdown(markdown)
                .width(WIDTH)
                .height(2)
                .build();
    }

    private static HorizontalAnnotation line(String label, Number value) {
        return HorizontalAnnotation.builder()
                .label(label)
                .value(value)
                .color(Color.RED)
                .build();
    }

    private static YAxisProps fromZero() {
        return YAxisProps.builder().min(0).showUnits(false).build();
    }

    String name() {
        return dashboard.getDashboardName();
    }
}
