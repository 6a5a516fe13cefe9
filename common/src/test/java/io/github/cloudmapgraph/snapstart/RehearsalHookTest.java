package io.github.cloudmapgraph.snapstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cloudmapgraph.json.Json;
import io.github.cloudmapgraph.log.Log;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.crac.Core;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RehearsalHookTest {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final List<Duration> played = new ArrayList<>();
    private Instant now = Instant.parse("2026-01-31T12:00:00Z");

    @Test
    void beforeCheckpoint_whenItIsQuick_playsUntilItIsCompiled() {
        checkpoint(Duration.ofMillis(100), null);

        assertThat(played).hasSize(RehearsalHook.MOST_TIMES).startsWith(Duration.ofSeconds(5), Duration.ofMillis(4900));
        assertThat(line())
                .containsEntry("level", "INFO")
                .containsEntry("message", "rehearsed before the snapshot")
                .containsEntry("times", 10)
                .containsEntry("duration_ms", 1000);
    }

    @Test
    void beforeCheckpoint_whenItTakesLong_beginsNoFurther() {
        checkpoint(Duration.ofSeconds(2), null);

        assertThat(played).containsExactly(Duration.ofSeconds(5), Duration.ofSeconds(3), Duration.ofSeconds(1));
        assertThat(line()).containsEntry("times", 3).containsEntry("duration_ms", 6000);
    }

    /** An exception would keep the version from being published, and so the deployment from ending. */
    @Test
    void beforeCheckpoint_whenItFails_saysWhyAndLetsTheVersionBePublished() {
        checkpoint(Duration.ofSeconds(5), new IllegalStateException("the secret is not filled in yet"));

        assertThat(line())
                .containsEntry("level", "WARN")
                .satisfies(line ->
                        assertThat(String.valueOf(line.get("reason"))).contains("the secret is not filled in yet"));
    }

    @Test
    void beforeCheckpoint_whenAClassIsMissing_letsTheVersionBePublished() {
        checkpoint(Duration.ofSeconds(5), new NoClassDefFoundError("org/example/Missing"));

        assertThat(line()).containsEntry("level", "WARN");
    }

    /** As where packets vanish: Lambda would end the process, and the deployment would fail. */
    @Test
    void beforeCheckpoint_whenItHangs_givesUp() {
        var interrupted = new CompletableFuture<Boolean>();
        var hook = new RehearsalHook(
                _ -> {
                    try {
                        Thread.sleep(Duration.ofMinutes(10));
                    } catch (InterruptedException e) {
                        interrupted.complete(true);
                    }
                },
                () -> now,
                log(),
                Duration.ofMillis(50));

        hook.beforeCheckpoint(Core.getGlobalContext());

        assertThat(interrupted).isCompleted();
        assertThat(line())
                .containsEntry("level", "WARN")
                .satisfies(
                        line -> assertThat(String.valueOf(line.get("reason"))).contains("was given up"));
    }

    @Test
    void beforeCheckpoint_whenItIsOver_closesWhatItOpened() {
        var closed = new CompletableFuture<Boolean>();
        var rehearsal = new SnapStart.Rehearsal() {
            @Override
            public void play(Duration timeLeft) {
                assertThat(closed).isNotDone();
            }

            @Override
            public void close() {
                closed.complete(true);
            }
        };

        new RehearsalHook(rehearsal, () -> now, log()).beforeCheckpoint(Core.getGlobalContext());

        assertThat(closed).isCompleted();
        assertThat(line()).containsEntry("level", "INFO");
    }

    @Test
    void isToBeSaved_whenLambdaSaysSo_andNotOtherwise() {
        assertThat(SnapStart.isToBeSaved(Map.of("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start")))
                .isTrue();
        assertThat(SnapStart.isToBeSaved(Map.of("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand")))
                .isFalse();
        assertThat(SnapStart.isToBeSaved(Map.of())).isFalse();
    }

    @Test
    void beforeAndAfter_whenMadeUp_areOfNoAccountAndInOrder() {
        assertThat(MadeUpSnapshots.beforeAndAfter())
                .hasSize(2)
                .allSatisfy(snapshot ->
                        assertThat(snapshot.header().scope().account()).isEqualTo("000000000000"))
                .extracting(snapshot -> snapshot.header().version())
                .isSorted();
    }

    private void checkpoint(Duration took, @Nullable Throwable failure) {
        var hook = new RehearsalHook(
                timeLeft -> {
                    played.add(timeLeft);
                    now = now.plus(took);
                    switch (failure) {
                        case null -> {}
                        case RuntimeException e -> throw e;
                        case Error e -> throw e;
                        default -> throw new AssertionError(failure);
                    }
                },
                () -> now,
                log());

        hook.beforeCheckpoint(Core.getGlobalContext());
    }

    private Log log() {
        return new Log(new PrintStream(written, true, StandardCharsets.UTF_8), () -> now);
    }

    private Map<String, @Nullable Object> line() {
        return Json.parseObject(written.toString(StandardCharsets.UTF_8).strip());
    }
}
