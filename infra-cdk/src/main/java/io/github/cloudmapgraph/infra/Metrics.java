package io.github.cloudmapgraph.infra;

import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.cloudwatch.Metric;

/**
 * The metrics that the functions write into their log lines, by the names that they have there.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format.html">
 *     Embedded metric format</a>
 */
record Metrics(String scope) {
    static final String NAMESPACE = "CloudMapGraph";

    /** Returns those of the deployment's scope, {@code account:region} or {@code account:region:name}. */
    static Metrics of(Stack stack, String deploymentName) {
        return new Metrics(
                stack.getAccount() + ":" + stack.getRegion() + (deploymentName.isEmpty() ? "" : ":" + deploymentName));
    }

    Metric graphAge() {
        return metric("GraphAge", "Minimum");
    }

    Metric readToGraph(String statistic) {
        return metric("ReadToGraph", statistic);
    }

    Metric changeToGraph(String statistic) {
        return metric("ChangeToGraph", statistic);
    }

    /** One while the secret is not filled in, else zero: with each message that the consumer tries. */
    Metric accessNotFilledIn() {
        return metric("AccessNotFilledIn", "Maximum");
    }

    /** How old messages were that the consumer had to leave in the queue. */
    Metric waitingAge() {
        return metric("WaitingAge", "Maximum");
    }

    Metric deniedNamespaces() {
        return metric("DeniedNamespaces", "Maximum");
    }

    /** Returns how many messages met one fate: {@code Applied}, {@code Overtaken}, {@code HeldBack}, ... */
    Metric outcomes(String outcome) {
        return metric(outcome, "Sum");
    }

    /** Returns what a read found or took: {@code Services}, {@code ReadDuration}, ... */
    Metric ofReads(String name) {
        return metric(name, "Maximum");
    }

    private Metric metric(String name, String statistic) {
        return Metric.Builder.create()
                .namespace(NAMESPACE)
                .metricName(name)
                .dimensionsMap(Map.of("scope", scope))
                .statistic(statistic)
                .label(name + (statistic.startsWith("p") ? " " + statistic : ""))
                .period(Duration.minutes(5))
                .build();
    }
}
