package io.github.cloudmapgraph.snapstart;

import io.github.cloudmapgraph.failure.FailureText;
import io.github.cloudmapgraph.log.Log;
import io.github.cloudmapgraph.snapstart.SnapStart.Rehearsal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.crac.Context;
import org.crac.Resource;
import org.jspecify.annotations.Nullable;

/** Plays a rehearsal before the snapshot, again and again: what runs a few times only is interpreted, not compiled. */
final class RehearsalHook implements Resource {
    static final int MOST_TIMES = 10;

    /** After it no further one is begun. Lambda gives all that comes before the snapshot 130 s or more. */
    static final Duration LENGTH = Duration.ofSeconds(5);

    private final Rehearsal rehearsal;
    private final InstantSource clock;
    private final Log log;

    RehearsalHook(Rehearsal rehearsal, InstantSource clock, Log log) {
        this.rehearsal = rehearsal;
        this.clock = clock;
        this.log = log;
    }

    @Override
    public void beforeCheckpoint(Context<? extends Resource> context) {
        Instant started = clock.instant();
        Throwable failure = null;
        int times = 0;
        for (Duration took = Duration.ZERO; times < MOST_TIMES && took.compareTo(LENGTH) < 0; times++) {
            failure = play(LENGTH.minus(took));
            took = Duration.between(started, clock.instant());
        }
        log(times, Duration.between(started, clock.instant()), failure);
    }

    /** Returns what it failed of. Also an error: a version that could be invoked has to be published. */
    private @Nullable Throwable play(Duration timeLeft) {
        try {
            rehearsal.play(timeLeft);
            return null;
        } catch (RuntimeException | Error e) {
            return e;
        }
    }

    private void log(int times, Duration took, @Nullable Throwable failure) {
        if (failure == null) {
            log.info("rehearsed before the snapshot", "times", times, "duration_ms", took.toMillis());
        } else {
            log.warn(
                    "not all could be rehearsed before the snapshot: first invocations take longer until the next"
                            + " version",
                    "reason",
                    FailureText.withType(failure),
                    "times",
                    times,
                    "duration_ms",
                    took.toMillis());
        }
    }

    @Override
    public void afterRestore(Context<? extends Resource> context) {
        // Nothing is open, and nothing was drawn.
    }
}
