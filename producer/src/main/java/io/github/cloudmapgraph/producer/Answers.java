package io.github.cloudmapgraph.producer;

import io.github.cloudmapgraph.lease.ReadRequests.Turn;
import io.github.cloudmapgraph.log.Metric;
import io.github.cloudmapgraph.producer.read.Reading;
import io.github.cloudmapgraph.snapshot.Counts;
import io.github.cloudmapgraph.snapshot.DeniedNamespace;
import io.github.cloudmapgraph.snapshot.Scope;
import io.github.cloudmapgraph.snapshot.SnapshotHeader;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the function answers: for a person in the console, so that the most important comes first. */
final class Answers {
    /** A snapshot that was sent. */
    record Sent(SnapshotHeader header, Reading reading, SnapshotQueue.Sent message) {
        List<Metric> metrics(Duration took) {
            Counts counts = reading.registry().counts();
            return List.of(
                    Metric.milliseconds("ReadDuration", took),
                    Metric.count("Namespaces", counts.namespaces()),
                    Metric.count("Services", counts.services()),
                    Metric.count("Instances", counts.instances()),
                    Metric.count("DeniedNamespaces", reading.registry().denied().size()),
                    Metric.count(
                            "ApiCalls",
                            reading.apiCalls().values().stream()
                                    .mapToLong(Long::longValue)
                                    .sum()),
                    Metric.bytes("SnapshotBytes", message.contentBytes()));
        }

        Object[] logFields(Duration took) {
            Counts counts = reading.registry().counts();
            return new Object[] {
                "version", header.version(),
                "update_id", message.messageId(),
                "namespaces", counts.namespaces(),
                "services", counts.services(),
                "instances", counts.instances(),
                "denied_namespaces", reading.registry().denied().size(),
                "content_bytes", message.contentBytes(),
                "message_bytes", message.messageBytes(),
                "stored_at", message.storedAt().orElse(""),
                "full_sync", header.orders().fullSync(),
                "allow_mass_deletion", header.orders().allowMassDeletion(),
                "api_calls", reading.apiCalls(),
                "duration_ms", took.toMillis()
            };
        }
    }

    private Answers() {}

    /** Answers for the newest of the snapshots that an invocation sent. */
    static Map<String, Object> sent(
            String outcome, Scope scope, Sent sent, int reads, Duration took, List<String> warnings) {
        Counts counts = sent.reading().registry().counts();
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("outcome", outcome);
        answer.put("scope", scope.value());
        answer.put("version", sent.header().version());
        answer.put(
                "counts",
                Map.of(
                        "namespaces", counts.namespaces(),
                        "services", counts.services(),
                        "instances", counts.instances()));
        answer.put("messageId", sent.message().messageId());
        answer.put("fullSync", sent.header().orders().fullSync());
        answer.put("allowMassDeletion", sent.header().orders().allowMassDeletion());
        answer.put("contentBytes", sent.message().contentBytes());
        answer.put("messageBytes", sent.message().messageBytes());
        sent.message().storedAt().ifPresent(key -> answer.put("storedAt", key));
        answer.put("durationMillis", took.toMillis());
        answer.put("reads", reads);
        answer.put("apiCalls", sent.reading().apiCalls());
        answer.put(
                "deniedNamespaces",
                sent.reading().registry().denied().stream()
                        .map(DeniedNamespace::arn)
                        .toList());
        answer.put("warnings", warnings);
        return answer;
    }

    /** Answers a request that a running reader covers, and says which read that will be. */
    static Map<String, Object> covered(Scope scope, Turn.Covered covered, List<String> warnings) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("outcome", "covered by another read");
        answer.put("scope", scope.value());
        answer.put("request", covered.request());
        answer.put("runningVersion", covered.runningVersion());
        answer.put(
                "coveredBy",
                covered.byRunningRead()
                        ? "the snapshot of version " + covered.runningVersion()
                        : "the first snapshot with a version after " + covered.runningVersion()
                                + ": the reader reads once more when it has sent that one");
        answer.put("readerUntil", covered.readerUntil().toString());
        answer.put("warnings", warnings);
        return answer;
    }

    /** Answers an event that tells of no change. */
    static Map<String, Object> nothingToDo(Scope scope, String reason) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("outcome", "nothing to do");
        answer.put("scope", scope.value());
        answer.put("reason", reason);
        return answer;
    }
}
