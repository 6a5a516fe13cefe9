package io.github.cloudmapgraph.consumer;

import static io.github.cloudmapgraph.consumer.Examples.NOW;
import static io.github.cloudmapgraph.consumer.Examples.SCOPE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cloudmapgraph.consumer.graph.Changes;
import io.github.cloudmapgraph.log.Log;
import io.github.cloudmapgraph.message.Envelope;
import io.github.cloudmapgraph.snapshot.Counts;
import io.github.cloudmapgraph.snapshot.Orders;
import io.github.cloudmapgraph.snapshot.SnapshotHeader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OutcomeLogTest {
    private static final Instant CAPTURED = NOW.minusMillis(1_500);
    private static final double WAITED = 40;
    private static final Instant SENT = NOW.minusSeconds(40);
    private static final Outcome APPLIED = new Outcome.Applied(new Changes(4, 2, 1));

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final OutcomeLog outcomes =
            new OutcomeLog(new Log(new PrintStream(bytes, true, StandardCharsets.UTF_8), () -> NOW), () -> NOW);

    @Test
    void of_whenApplied_measuresChangesAndHowLongItTook() {
        assertThat(metrics(APPLIED, Optional.of(NOW.minusSeconds(90))))
                .isEqualTo(Map.of(
                        "Applied Count", 1,
                        "Changes Count", 7,
                        "ReadToGraph Seconds", 1.5,
                        "ChangeToGraph Seconds", 90.0,
                        "AccessNotFilledIn Count", 0));
        assertThat(line())
                .containsEntry("message", "applied")
                .containsEntry("scope", SCOPE.value())
                .containsEntry("capture_to_graph_ms", 1_500)
                .containsEntry("change_to_graph_ms", 90_000);
    }

    @Test
    void of_whenNoEventToldOfTheChange_doesNotMeasureFromIt() {
        assertThat(metrics(APPLIED, Optional.empty()))
                .containsKey("ReadToGraph Seconds")
                .doesNotContainKey("ChangeToGraph Seconds");
    }

    @Test
    void of_whenOvertaken_countsIt() {
        assertThat(metrics(new Outcome.Overtaken(9), Optional.empty()))
                .isEqualTo(Map.of("Overtaken Count", 1, "AccessNotFilledIn Count", 0));
    }

    @Test
    void of_whenHeldBack_countsIt() {
        assertThat(metrics(new Outcome.HeldBack(8, 12, 1, 3), Optional.empty()))
                .isEqualTo(Map.of("HeldBack Count", 1, "AccessNotFilledIn Count", 0));
    }

    @Test
    void of_whenPutIntoTheDeadLetterQueue_countsIt() {
        assertThat(metrics(new Outcome.DeadLettered("it failed 20 times"), Optional.empty()))
                .isEqualTo(Map.of("DeadLettered Count", 1, "AccessNotFilledIn Count", 0));
    }

    @Test
    void of_whenItStays_countsItAsWaiting() {
        assertThat(metrics(stays(new Obstacle.Outage("Neo4j cannot be reached")), Optional.empty()))
                .isEqualTo(Map.of("Waiting Count", 1, "WaitingAge Seconds", WAITED, "AccessNotFilledIn Count", 0));
        assertThat(line()).containsEntry("reason", "Neo4j cannot be reached").containsEntry("retry_after_s", 5);
    }

    @Test
    void of_whenTheSecretIsNotFilledIn_saysSoToTheAlarms() {
        assertThat(metrics(stays(new Obstacle.NotFilledIn("the secret s is not filled in yet")), Optional.empty()))
                .isEqualTo(Map.of("Waiting Count", 1, "WaitingAge Seconds", WAITED, "AccessNotFilledIn Count", 1));
    }

    @Test
    void unreadable_whenNoScopeIsKnown_measuresNothing() {
        outcomes.unreadable(
                new QueueMessage("m", "receipt", "?", 1, Optional.empty()), new Outcome.DeadLettered("not JSON"));

        assertThat(line()).containsEntry("reason", "not JSON").doesNotContainKeys("_aws", "scope");
    }

    private static Outcome stays(Obstacle obstacle) {
        return new Outcome.StaysInQueue(obstacle, Duration.ofSeconds(5));
    }

    private Map<String, Number> metrics(Outcome outcome, Optional<Instant> changedAt) {
        var header = new SnapshotHeader(SCOPE, 5, CAPTURED, changedAt, Orders.NONE);
        outcomes.of(
                new Waiting(
                        new QueueMessage("m5", "receipt", "{}", 1, Optional.of(SENT)),
                        new Envelope(header, new Counts(1, 2, 3), "digest", 2, new Envelope.Content.Inline("{}"))),
                outcome);
        return LogLines.metrics(line());
    }

    private Map<String, @Nullable Object> line() {
        return LogLines.of(bytes.toString(StandardCharsets.UTF_8)).getFirst();
    }
}
