package io.github.cloudmapgraph.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Measured durations of one thing. */
public final class Durations {
    private final List<Duration> all = new ArrayList<>();

    public void add(Duration duration) {
        all.add(duration);
    }

    public int count() {
        return all.size();
    }

    public Duration median() {
        return percentile(50);
    }

    /** The smallest that is no smaller than so many of a hundred. */
    public Duration percentile(int percent) {
        if (all.isEmpty()) {
            throw new IllegalStateException("nothing was measured");
        }
        List<Duration> sorted = all.stream().sorted().toList();
        return sorted.get(Math.max(0, (int) Math.ceil(sorted.size() * percent / 100.0) - 1));
    }

    /** Returns how many times as long the median of these is as the median of those. */
    public double times(Durations those) {
        return (double) median().toNanos() / those.median().toNanos();
    }

    /** Three significant digits at most: nothing here is known better. */
    public static String text(Duration duration) {
        double millis = duration.toNanos() / 1e6;
        if (millis >= 10_000) {
            return String.format(Locale.ROOT, "%.1f s", millis / 1000);
        }
        if (millis >= 1_000) {
            return String.format(Locale.ROOT, "%.2f s", millis / 1000);
        }
        return String.format(Locale.ROOT, millis >= 100 ? "%.0f ms" : millis >= 10 ? "%.1f ms" : "%.2f ms", millis);
    }

    /** A ratio, with as many digits as say something. */
    public static String ratio(double ratio) {
        return String.format(Locale.ROOT, ratio >= 100 ? "%.0f" : ratio >= 10 ? "%.1f" : "%.2f", ratio);
    }
}
