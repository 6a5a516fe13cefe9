package io.github.cloudmapgraph.local.cloudmap;

import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** One token bucket an operation, with the rates that the real service is known or reported to allow. */
final class Throttle {
    private record Rate(double perSecond, double burst) {}

    /** Of the rest, 50 a second are reported for some, and no burst: one second's worth, the least that it may be. */
    private static final Rate OTHERS = new Rate(50, 50);

    private static final Map<String, Rate> RATES = Map.of(
            "ListServices", new Rate(2, 10),
            "ListNamespaces", new Rate(1, 5),
            "DiscoverInstances", new Rate(1000, 2000),
            "DiscoverInstancesRevision", new Rate(3000, 3000));

    private static final class Bucket {
        private final Rate rate;
        private double tokens;
        private long filledAt;

        Bucket(Rate rate, long now) {
            this.rate = rate;
            tokens = rate.burst();
            filledAt = now;
        }

        synchronized boolean take(long now) {
            tokens = Math.min(rate.burst(), tokens + Math.max(0, now - filledAt) / 1000.0 * rate.perSecond());
            filledAt = now;
            if (tokens < 1) {
                return false;
            }
            tokens--;
            return true;
        }
    }

    private final Clock clock;
    private final Map<String, Bucket> buckets = new ConcurrentHashMap<>();

    Throttle(Clock clock) {
        this.clock = clock;
    }

    /** Refuses a request above the operation's rate. */
    void admit(String operation) {
        long now = clock.millis();
        Bucket bucket = buckets.computeIfAbsent(operation, name -> new Bucket(RATES.getOrDefault(name, OTHERS), now));
        if (!bucket.take(now)) {
            throw operation.startsWith("DiscoverInstances")
                    ? Refusal.of("RequestLimitExceeded", "Rate exceeded for " + operation)
                    : Refusal.of("ThrottlingException", "Rate exceeded");
        }
    }
}
