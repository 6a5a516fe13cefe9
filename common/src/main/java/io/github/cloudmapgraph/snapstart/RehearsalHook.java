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

    /** After it no further one is begun. */
    static final Duration LENGTH = Duration.ofSeconds(5);

    /**
     * After it what still runs is given up, as where packets vanish: Lambda gives all that comes before the snapshot
     * 130 s, and else publishes no version.
     *
     * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html">Init phase</a>
     */
    private static final Duration MOST = Duration.ofSeconds(60);

    private static final Duration TO_END = Duration.ofSeconds(10);

    private final Rehearsal rehearsal;
    private final InstantSource clock;
    private final Log log;
    private final Duration most;

    /** Written by the thread that plays. */
    private volatile int times;

    private volatile @Nullable Throwable failure;

    RehearsalHook(Rehearsal rehearsal, InstantSource clock, Log log) {
        this(rehearsal, clock, log, MOST);
    }

    RehearsalHook(Rehearsal rehearsal, InstantSource clock, Log log, Duration most) {
        this.rehearsal = rehearsal;
        this.clock = clock;
        this.log = log;
        this.most = most;
    }

    @Override
    public void beforeCheckpoint(Context<? extends Resource> context) {
        Instant started = clock.instant();
        // A virtual one, since an interrupt ends what it waits for, also at a socket.
        Thread playing = Thread.ofVirtual().name("rehearsal").start(() -> playAll(started));
        try {
            if (!playing.join(most)) {
                playing.interrupt();
                playing.join(TO_END);
                failure = new IllegalStateException("it took longer than " + most.toSeconds() + " s and was given up");
            }
        } catch (InterruptedException e) {
            playing.interrupt();
            Thread.currentThread().interrupt();
        }
        log(Duration.between(started, clock.instant()));
    }

    private void playAll(Instant started) {
        try (rehearsal) {
            Duration took = Duration.ZERO;
            for (int time = 1; time <= MOST_TIMES && took.compareTo(LENGTH) < 0 && !Thread.interrupted(); time++) {
                failure = play(LENGTH.minus(took));
                times = time;
                took = Duration.between(started, clock.instant());
            }
        }
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

    private void log(Duration took) {
        Throwable failed = failure;
        if (failed == null) {
            log.info("rehearsed before the snapshot", "times", times, "duration_ms", took.toMillis());
        } else {
            log.warn(
                    "not all could be rehearsed before the snapshot: first invocations take longer until the next"
                            + " version",
                    "reason",
                    FailureText.withType(failed),
                    "times",
                    times,
                    "duration_ms",
                    took.toMillis());
        }
    }

    @Override
    public void afterRestore(Context<? extends Resource> context) {
        // There is nothing to open anew: the handler that the invocations get has opened nothing.
    }
}
