package io.github.cloudmapgraph.consumer;

import static io.github.cloudmapgraph.consumer.Examples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private static final Obstacle OUTAGE = new Obstacle.Outage("Neo4j cannot be reached");
    private static final int QUEUES_MOST_RECEIVES = 1000;
    private static final Duration QUEUES_RETENTION = Duration.ofDays(4);

    private final Backoff backoff = new Backoff(new Random(1));

    @Test
    void after_grows_whenAnOutageLasts() {
        var longest = new Backoff(jitter(0));

        assertThat(longest.after(OUTAGE, 1, NOW)).hasSeconds(5);
        assertThat(longest.after(OUTAGE, 2, NOW)).hasSeconds(8);
        assertThat(longest.after(OUTAGE, 12, NOW)).hasSeconds(432);
        assertThat(longest.after(OUTAGE, 13, NOW)).hasSeconds(600);
        assertThat(longest.after(OUTAGE, 1000, NOW)).hasSeconds(600);
    }

    @Test
    void after_outlastsTheQueuesRetention_whenAnOutageLastsForAllReceives() {
        var shortest = new Backoff(jitter(Math.nextDown(1.0)));

        Duration all = IntStream.rangeClosed(1, QUEUES_MOST_RECEIVES)
                .mapToObj(receives -> shortest.after(OUTAGE, receives, NOW))
                .reduce(Duration.ZERO, Duration::plus);

        assertThat(all).isGreaterThan(QUEUES_RETENTION);
    }

    @Test
    void after_outlastsTheQueuesRetention_whenContentionLastsForAllReceives() {
        var shortest = new Backoff(jitter(Math.nextDown(1.0)));
        var contention = new Obstacle.Contention("held", NOW);

        Duration all = IntStream.rangeClosed(1, QUEUES_MOST_RECEIVES)
                .mapToObj(receives -> shortest.after(contention, receives, NOW))
                .reduce(Duration.ZERO, Duration::plus);

        assertThat(all).isGreaterThan(QUEUES_RETENTION);
    }

    @Test
    void after_leavesTheRedriveTimeEnough_whenAMessageIsTooLargeToForward() {
        Duration each = backoff.after(new Obstacle.Redrive("too large"), 500, NOW);

        assertThat(each.multipliedBy(QUEUES_MOST_RECEIVES)).isLessThan(QUEUES_RETENTION.dividedBy(2));
    }

    @Test
    void after_isShort_whenSomebodyElseHoldsTheLock() {
        var contention = new Obstacle.Contention("held", NOW.plusSeconds(100));

        assertThat(IntStream.range(0, 200).mapToLong(_ -> seconds(contention)))
                .contains(1L, 5L)
                .allMatch(seconds -> seconds >= 1 && seconds <= 5);
    }

    @Test
    void after_endsWithTheLease_whenItIsNearlyOver() {
        assertThat(IntStream.range(0, 100).mapToLong(_ -> seconds(new Obstacle.Contention("held", NOW.plusSeconds(1)))))
                .contains(1L, 2L)
                .allMatch(seconds -> seconds <= 2);
        assertThat(seconds(new Obstacle.Contention("held", NOW.minusSeconds(60))))
                .isEqualTo(1);
    }

    private long seconds(Obstacle obstacle) {
        return backoff.after(obstacle, 1, NOW).toSeconds();
    }

    /** Draws one number always: 0 is no jitter, nearly 1 the most. */
    private static RandomGenerator jitter(double number) {
        return new RandomGenerator() {
            @Override
            public long nextLong() {
                return 0;
            }

            @Override
            public double nextDouble() {
                return number;
            }
        };
    }
}
