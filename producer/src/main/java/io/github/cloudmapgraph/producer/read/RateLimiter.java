package io.github.cloudmapgraph.producer.read;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * A token bucket that says how long to wait, kept as the one moment at which it would be full again.
 *
 * @see <a href="https://en.wikipedia.org/wiki/Generic_cell_rate_algorithm">Generic cell rate algorithm</a>
 */
final class RateLimiter {
    private final long nanosPerToken;
    private final long nanosPerBucket;
    private final LongSupplier nanoTime;
    private long fullAt;

    RateLimiter(double perSecond, int burst, LongSupplier nanoTime) {
        this.nanosPerToken = Math.round(1e9 / perSecond);
        this.nanosPerBucket = nanosPerToken * burst;
        this.nanoTime = nanoTime;
        this.fullAt = nanoTime.getAsLong();
    }

    /** Takes a token, if need be one that is still to come, and returns how long to wait for it. */
    synchronized Duration reserve() {
        long now = nanoTime.getAsLong();
        fullAt = Math.max(fullAt - now, 0) + now + nanosPerToken;
        return Duration.ofNanos(Math.max(0, fullAt - now - nanosPerBucket));
    }
}
