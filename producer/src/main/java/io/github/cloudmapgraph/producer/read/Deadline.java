package io.github.cloudmapgraph.producer.read;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The moment by which something has to be done.
 *
 * @param nanoTime a clock that never jumps, in nanoseconds
 */
public record Deadline(LongSupplier nanoTime, long at) {
    /** Sets a deadline. */
    public static Deadline in(Duration span, LongSupplier nanoTime) {
        return new Deadline(nanoTime, nanoTime.getAsLong() + span.toNanos());
    }

    /** Returns the time that is left; zero or less when it is over. */
    public Duration left() {
        return Duration.ofNanos(at - nanoTime.getAsLong());
    }
}
