package io.github.cloudmapgraph.consumer;

import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/**
 * How long a message stays hidden until it is tried again; longer each time, and a little at random, so that messages
 * which failed together do not come back together.
 *
 * <p>It has to keep a message that waits for something out of the dead-letter queue. The queue moves a message there
 * after 1,000 receives (the most that SQS allows) and forgets it after 4 days, which are 345,600 s. During an outage
 * the delay reaches 600 s, or 450 s with the most of jitter, at the 13th receive: 1,000 receives then take at least 987
 * x 450 s = 444,150 s, longer than the queue keeps it. Contention is short: a lease ends within minutes, and after 100
 * receives the delay is that of an outage.
 */
final class Backoff {
    private static final double FIRST_SECONDS = 5;
    private static final double GROWTH = 1.5;
    private static final double MOST_SECONDS = 600;
    /** The share of a delay that is left to chance. */
    private static final double JITTER = 0.25;

    private static final int CONTENTION_MOST_SECONDS = 5;
    private static final int CONTENTION_RECEIVES = 100;

    /** A thousand of these are 8 hours: the redrive comes well within the queue's retention. */
    private static final Duration REDRIVE = Duration.ofSeconds(30);

    private final RandomGenerator random;

    Backoff(RandomGenerator random) {
        this.random = random;
    }

    /** Returns whole seconds, at least one: what SQS takes as a visibility timeout. */
    Duration after(Obstacle obstacle, int receives, Instant now) {
        return switch (obstacle) {
            case Obstacle.Contention(String _, Instant until)
            when receives <= CONTENTION_RECEIVES -> contention(Duration.between(now, until));
            case Obstacle.Contention _, Obstacle.NotFilledIn _, Obstacle.Outage _, Obstacle.Failure _ ->
                growing(receives);
            case Obstacle.Redrive _ -> REDRIVE;
        };
    }

    /** The holder may be done at any time, and is out of the way a second after its lease's end at the latest. */
    private Duration contention(Duration leaseLeft) {
        long most = Math.clamp(leaseLeft.toSeconds() + 1, 1, CONTENTION_MOST_SECONDS);
        return Duration.ofSeconds(random.nextLong(1, most + 1));
    }

    private Duration growing(int receives) {
        double seconds = Math.min(MOST_SECONDS, FIRST_SECONDS * Math.pow(GROWTH, receives - 1.0));
        return Duration.ofSeconds(Math.max(1, Math.round(seconds * (1 - JITTER * random.nextDouble()))));
    }
}
