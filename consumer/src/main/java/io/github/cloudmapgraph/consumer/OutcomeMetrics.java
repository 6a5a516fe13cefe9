package io.github.cloudmapgraph.consumer;

import io.github.cloudmapgraph.log.Metric;
import io.github.cloudmapgraph.snapshot.SnapshotHeader;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What is measured of one outcome; alarms and dashboards go by these names. */
final class OutcomeMetrics {
    private OutcomeMetrics() {}

    static List<Metric> of(Waiting waiting, Outcome outcome, Instant now) {
        SnapshotHeader header = waiting.envelope().header();
        List<Metric> metrics = new ArrayList<>();
        // On every line, so that it falls back to 0 with the first line after the secret was filled in.
        metrics.add(Metric.count("AccessNotFilledIn", isNotFilledIn(outcome) ? 1 : 0));
        switch (outcome) {
            case Outcome.Applied(var changes) -> {
                metrics.add(Metric.count("Applied", 1));
                metrics.add(Metric.count("Changes", changes.total()));
                metrics.add(Metric.seconds("ReadToGraph", Duration.between(header.capturedAt(), now)));
                header.changedAt()
                        .ifPresent(changedAt ->
                                metrics.add(Metric.seconds("ChangeToGraph", Duration.between(changedAt, now))));
            }
            case Outcome.Overtaken _ -> metrics.add(Metric.count("Overtaken", 1));
            case Outcome.HeldBack _ -> metrics.add(Metric.count("HeldBack", 1));
            case Outcome.DeadLettered _ -> metrics.add(Metric.count("DeadLettered", 1));
            case Outcome.StaysInQueue _ -> {
                metrics.add(Metric.count("Waiting", 1));
                waiting.message()
                        .sentAt()
                        .ifPresent(sentAt -> metrics.add(Metric.seconds("WaitingAge", Duration.between(sentAt, now))));
            }
        }
        return metrics;
    }

    private static boolean isNotFilledIn(Outcome outcome) {
        return outcome instanceof Outcome.StaysInQueue(Obstacle.NotFilledIn _, Duration _);
    }
}
