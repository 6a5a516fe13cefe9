package io.github.cloudmapgraph.producer.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RateLimiterTest {
    /** Near the end of its range, where a careless comparison of nanosecond clocks goes wrong. */
    private final AtomicLong now =
            new AtomicLong(Long.MAX_VALUE - Duration.ofSeconds(1).toNanos());

    private final RateLimiter twoPerSecond = new RateLimiter(2, 3, now::get);

    @Test
    void reserve_letsTheBurstThroughAtOnce() {
        assertThat(twoPerSecond.reserve()).isZero();
        assertThat(twoPerSecond.reserve()).isZero();
        assertThat(twoPerSecond.reserve()).isZero();
    }

    @Test
    void reserve_spacesWhatFollowsTheBurst() {
        takeBurst();

        assertThat(twoPerSecond.reserve()).isEqualTo(Duration.ofMillis(500));
        assertThat(twoPerSecond.reserve()).isEqualTo(Duration.ofSeconds(1));
        assertThat(twoPerSecond.reserve()).isEqualTo(Duration.ofMillis(1500));
    }

    @Test
    void reserve_givesBackWhatTimeRefilled() {
        takeBurst();

        pass(Duration.ofSeconds(1));

        assertThat(twoPerSecond.reserve()).isZero();
        assertThat(twoPerSecond.reserve()).isZero();
        assertThat(twoPerSecond.reserve()).isEqualTo(Duration.ofMillis(500));
    }

    @Test
    void reserve_holdsNoMoreThanTheBurstHoweverLongItWas() {
        takeBurst();

        pass(Duration.ofHours(1));
        takeBurst();

        assertThat(twoPerSecond.reserve()).isEqualTo(Duration.ofMillis(500));
    }

    private void takeBurst() {
        for (int i = 0; i < 3; i++) {
            assertThat(twoPerSecond.reserve()).isZero();
        }
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }
}
