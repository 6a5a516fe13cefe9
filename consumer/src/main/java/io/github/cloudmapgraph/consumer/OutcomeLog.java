package io.github.cloudmapgraph.consumer;

import io.github.cloudmapgraph.log.Log;
import io.github.cloudmapgraph.snapshot.SnapshotHeader;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One line a message: what became of it, with the metrics of its scope. */
final class OutcomeLog {
    private final Log log;
    private final InstantSource clock;

    OutcomeLog(Log log, InstantSource clock) {
        this.log = log;
        this.clock = clock;
    }

    /** Writes the line of a snapshot. */
    void of(Waiting waiting, Outcome outcome) {
        SnapshotHeader header = waiting.envelope().header();
        var counts = waiting.envelope().counts();
        Instant now = clock.instant();
        Log ofSnapshot = log.with("update_id", waiting.message().id())
                .with("scope", header.scope())
                .with("version", header.version())
                .with("namespaces", counts.namespaces())
                .with("services", counts.services())
                .with("instances", counts.instances())
                .with("receives", waiting.message().receives())
                .with(OutcomeMetrics.of(waiting, outcome, now));
        if (outcome instanceof Outcome.Applied(var changes)) {
            List<@Nullable Object> fields = new ArrayList<>(Arrays.asList(
                    "added", changes.added(),
                    "changed", changes.changed(),
                    "removed", changes.removed(),
                    "capture_to_graph_ms",
                            Duration.between(header.capturedAt(), now).toMillis()));
            header.changedAt().ifPresent(changedAt -> {
                fields.add("change_to_graph_ms");
                fields.add(Duration.between(changedAt, now).toMillis());
            });
            ofSnapshot.info("applied", fields.toArray());
        } else {
            write(ofSnapshot, outcome);
        }
    }

    /** Writes the line of a message that is no snapshot; it has no scope, and so no metrics. */
    void unreadable(QueueMessage message, Outcome outcome) {
        write(log.with("message_id", message.id()).with("receives", message.receives()), outcome);
    }

    private static void write(Log log, Outcome outcome) {
        switch (outcome) {
            case Outcome.Applied _ -> log.info("applied");
            case Outcome.Overtaken(long byVersion) -> log.info("overtaken", "by_version", byVersion);
            case Outcome.HeldBack(int services, int ofServices, int seen, int needed) ->
                log.warn(
                        "held back: it would delete many services; the next snapshots have to say the same, or a manual"
                                + " invocation of the producer with allowMassDeletion",
                        "deletes",
                        services,
                        "of",
                        ofServices,
                        "seen",
                        seen,
                        "needed",
                        needed);
            case Outcome.DeadLettered(String reason) -> log.warn("put into the dead-letter queue", "reason", reason);
            case Outcome.StaysInQueue(Obstacle obstacle, Duration retryAfter) ->
                log.warn("stays in the queue", "reason", obstacle.reason(), "retry_after_s", retryAfter.toSeconds());
        }
    }
}
