package io.github.cloudmapgraph.producer;

import io.github.cloudmapgraph.check.CheckReport;
import io.github.cloudmapgraph.check.CheckReport.Status;
import io.github.cloudmapgraph.config.ConfigurationException;
import io.github.cloudmapgraph.failure.FailureText;
import io.github.cloudmapgraph.log.Log;
import io.github.cloudmapgraph.producer.check.ResourceCheck;
import io.github.cloudmapgraph.producer.check.TrailCheck;
import io.github.cloudmapgraph.producer.read.Deadline;
import io.github.cloudmapgraph.producer.read.Warnings;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;

/** Reports line by line whether the function can reach and use each thing it needs; changes nothing. */
final class ProducerCheck {
    private final Supplier<ProducerSettings> settings;
    private final Connections connections;
    private final CheckReport report = new CheckReport();

    ProducerCheck(Supplier<ProducerSettings> settings, Connections connections) {
        this.settings = settings;
        this.connections = connections;
    }

    Map<String, Object> run(String account, Duration remaining, Log log) {
        try {
            ProducerSettings valid = settings.get();
            report.add("Configuration", Status.OK, "complete", "");
            cloudMap(account, remaining, log);
            resources(valid);
            trail();
        } catch (ConfigurationException e) {
            report.add(
                    "Configuration",
                    Status.FAILED,
                    String.valueOf(e.getMessage()),
                    "Correct the function's environment variables; nothing else was tried.");
        }
        return report.toAnswer();
    }

    /** Has at most half of the time, so that what comes after it is tried even where Cloud Map cannot be reached. */
    private void cloudMap(String account, Duration remaining, Log log) {
        Deadline deadline = Deadline.in(remaining.dividedBy(2), System::nanoTime);
        connections.cloudMap().check(account, deadline, new Warnings(log), report);
    }

    private void resources(ProducerSettings valid) {
        var resources = new ResourceCheck(report);
        resources.queue(connections.sqs(), valid.queueUrl(), valid.maxMessageBytes());
        resources.lockTable(connections.dynamoDb(), valid.lockTable());
        if (valid.bucket().isEmpty()) {
            resources.noBucket(valid.maxMessageBytes());
        } else {
            resources.bucket(connections.s3(), valid.bucket());
        }
    }

    private void trail() {
        if (!connections.cloudMap().isAws()) {
            report.add(
                    "CloudTrail",
                    Status.WARNING,
                    "not looked for: Cloud Map's endpoint is not AWS's, and has to send its changes itself",
                    "");
            return;
        }
        // Built here only: no other run loads any of its classes.
        try (CloudTrailClient cloudTrail = connections.cloudTrail()) {
            new TrailCheck(cloudTrail, report).run();
        } catch (IllegalArgumentException e) {
            // A program that runs the handler itself may have no CloudTrail.
            report.add("CloudTrail", Status.WARNING, "not looked for: " + FailureText.of(e), "");
        }
    }
}
