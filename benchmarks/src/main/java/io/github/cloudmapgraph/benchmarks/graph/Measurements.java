package io.github.cloudmapgraph.benchmarks.graph;

import io.github.cloudmapgraph.benchmarks.Durations;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** How long each way took for each size and scenario. */
final class Measurements {
    private record Key(String contender, Size size, Scenario scenario) {}

    private final Map<Key, Durations> all = new HashMap<>();

    void time(String contender, Size size, Scenario scenario, Runnable work) {
        long start = System.nanoTime();
        work.run();
        var duration = Duration.ofNanos(System.nanoTime() - start);
        System.out.println(size.text() + ", " + contender + ", " + scenario.text() + ": " + Durations.text(duration));
        all.computeIfAbsent(new Key(contender, size, scenario), _ -> new Durations())
                .add(duration);
    }

    Optional<Durations> of(String contender, Size size, Scenario scenario) {
        return Optional.ofNullable(all.get(new Key(contender, size, scenario)));
    }

    /** What was measured to warm up tells nothing. */
    void forget() {
        all.clear();
    }
}
