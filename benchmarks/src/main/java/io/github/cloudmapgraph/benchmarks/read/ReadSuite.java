package io.github.cloudmapgraph.benchmarks.read;

import io.github.cloudmapgraph.benchmarks.Durations;
import io.github.cloudmapgraph.benchmarks.Report;
import io.github.cloudmapgraph.benchmarks.Suite;
import io.github.cloudmapgraph.local.cloudmap.CloudMapOptions;
import io.github.cloudmapgraph.producer.read.Reading;
import io.github.cloudmapgraph.producer.read.RecentChange;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;

/** The producer's reads, at the rates that AWS is known or reported to allow, with an answer's time of 10 to 30 ms. */
public final class ReadSuite implements Suite {
    private static final CloudMapOptions.Latency LATENCY =
            new CloudMapOptions.Latency(Duration.ofMillis(10), Duration.ofMillis(30), 5);

    /** Of REQUEST_RATE_PERCENT. */
    private static final int DEFAULT_PERCENT = 90;

    private static final Size SMALL = new Size(5, 50);
    private static final Size LARGE = new Size(20, 1_000);
    private static final Size LARGEST = new Size(50, 5_000);

    private static final List<String> COLUMNS = List.of(
            "registry",
            "instances from",
            "share of the rates",
            "times what all of the rates allow",
            "read",
            "rates allow",
            "failed",
            "throttled",
            "calls",
            "calls by the formula");

    /** A read, and what it is to be compared with. */
    private record Case(Size size, RecentChange change, int percent) {}

    @Override
    public String name() {
        return "read";
    }

    @Override
    public String heading() {
        return "Reading Cloud Map";
    }

    @Override
    public void run(boolean shortForm, Report report) throws IOException, InterruptedException, ExecutionException {
        keepConnections();
        report.heading("Time and calls");
        List<List<String>> rows = new ArrayList<>();
        for (Case one : cases(shortForm)) {
            rows.add(measure(one));
        }
        report.table(COLUMNS, rows);
        report.heading("Memory");
        memory(shortForm, report);
    }

    /** As the function does, before the JVM's first connection. */
    private static void keepConnections() {
        System.getProperties().putIfAbsent("http.maxConnections", "256");
    }

    private static List<Case> cases(boolean shortForm) {
        var none = new RecentChange.None();
        var anywhere = new RecentChange.Anywhere();
        List<Case> cases = new ArrayList<>(List.of(
                // The first one is a cold JVM's.
                new Case(SMALL, none, 100),
                new Case(SMALL, none, 100),
                new Case(SMALL, anywhere, 100),
                new Case(LARGE, none, 100)));
        if (!shortForm) {
            cases.addAll(List.of(
                    new Case(LARGE, none, DEFAULT_PERCENT),
                    new Case(LARGE, anywhere, DEFAULT_PERCENT),
                    new Case(LARGEST, none, 100),
                    new Case(LARGEST, none, DEFAULT_PERCENT)));
        }
        return cases;
    }

    private static List<String> measure(Case one) throws IOException {
        Expected expected = Expected.of(one.size(), one.change());
        try (var stage = new Stage(
                one.size(),
                OptionalInt.of(one.percent()),
                options -> options.withThrottling(true).withLatency(LATENCY))) {
            long failed = 0;
            long started = System.nanoTime();
            try {
                Reading reading = stage.read(one.change());
                if (reading.registry().counts().services() != one.size().services()) {
                    throw new IllegalStateException(
                            "incomplete: " + reading.registry().counts());
                }
            } catch (RuntimeException e) {
                failed++;
                System.err.println("the read failed: " + e);
            }
            Duration took = Duration.ofNanos(System.nanoTime() - started);
            Duration allowed = expected.fastest();
            return List.of(
                    one.size().toString(),
                    one.change() instanceof RecentChange.Anywhere ? "control plane" : "data plane",
                    one.percent() + " %",
                    allowed.isPositive()
                            ? Durations.ratio((double) took.toNanos() / allowed.toNanos())
                            : "(all at once)",
                    Durations.text(took),
                    Durations.text(allowed),
                    Long.toString(failed),
                    Long.toString(stage.server().requests().ofThrottled()),
                    number(stage.server().requests().total()),
                    number(expected.total()));
        }
    }

    private static void memory(boolean shortForm, Report report)
            throws IOException, InterruptedException, ExecutionException {
        List<Size> sizes = shortForm
                ? List.of(new Size(20, 500), new Size(20, 2_000))
                : List.of(new Size(20, 500), LARGE, new Size(20, 2_000), LARGEST);
        List<List<String>> rows = new ArrayList<>();
        for (Size size : sizes) {
            Memory memory = Memory.of(size);
            rows.add(List.of(size.toString(), mebibytes(memory.snapshotBytes()), mebibytes(memory.mostBesideBytes())));
        }
        report.table(List.of("registry", "its snapshot", "most live heap beside it while reading"), rows);
    }

    private static String mebibytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f MiB", bytes / (1024.0 * 1024));
    }

    private static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
