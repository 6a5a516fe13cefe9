package io.github.cloudmapgraph.benchmarks.flow;

import io.github.cloudmapgraph.benchmarks.Durations;
import io.github.cloudmapgraph.benchmarks.Report;
import io.github.cloudmapgraph.benchmarks.Suite;
import io.github.cloudmapgraph.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.neo4j.driver.Session;

/** Changes of Cloud Map, one by one and in a burst, until the graph shows them. */
public final class FlowSuite implements Suite {
    private static final long SEED = 5;
    private static final int SERVICES = 100;
    private static final int CHANGES = 250;
    private static final int FEWER_CHANGES = 50;

    /** So many until the JVM is warm. */
    private static final int WARM_UP = 100;

    private static final List<Integer> BURSTS = List.of(100, 1_000, 3_000);

    /** Nothing is read any more when nothing was for so long. */
    private static final Duration QUIET = Duration.ofSeconds(5);

    private static final int SENDERS = 16;

    @Override
    public String name() {
        return "flow";
    }

    @Override
    public String heading() {
        return "From change to graph";
    }

    @Override
    public void run(boolean shortForm, Report report) throws Exception {
        System.getProperties().putIfAbsent("http.maxConnections", "256");
        Path log = Files.createTempFile("cloud-map-graph-flow-", ".log");
        try (var stack = new Stack(Registries.of(SERVICES), log);
                Session reader = stack.driver.session()) {
            var changes = new Changes(stack.cloudMap, reader);
            changes.awaitInstances((long) SERVICES * Registries.INSTANCES, "0");
            report.heading("One change at a time");
            oneByOne(changes, shortForm ? FEWER_CHANGES : CHANGES, log, report);
            report.heading("A burst");
            List<List<String>> bursts = new ArrayList<>();
            for (int number : shortForm ? List.of(1_000) : BURSTS) {
                bursts.add(burst(number, stack, changes));
            }
            report.table(
                    List.of(
                            "changes",
                            "sent within",
                            "from the last answer until the graph showed the last of them",
                            "reads, until none came for " + Durations.text(QUIET)),
                    bursts);
        }
        Files.delete(log);
    }

    private static void oneByOne(Changes changes, int number, Path log, Report report)
            throws IOException, InterruptedException, TimeoutException {
        var random = new Random(SEED);
        var all = new Durations();
        var fromEffect = new Durations();
        Map<Kind, Durations> kinds = new EnumMap<>(Kind.class);
        List<Kind> turns = List.copyOf(EnumSet.allOf(Kind.class));
        long linesBefore = 0;
        for (int i = 0; i < WARM_UP + number; i++) {
            if (i == WARM_UP) {
                linesBefore = lines(log);
            }
            Kind kind = turns.get(i % turns.size());
            Duration took = changes.measure(kind, i);
            if (i >= WARM_UP) {
                all.add(took);
                fromEffect.add(kind.isAsynchronous() ? took.minus(Stack.OPERATION_DELAY) : took);
                kinds.computeIfAbsent(kind, _ -> new Durations()).add(took);
            }
            Thread.sleep(random.nextInt(100));
        }
        List<List<String>> rows = new ArrayList<>();
        rows.add(row("**all**, from Cloud Map's answer", all));
        rows.add(row("**all**, from when the change took effect", fromEffect));
        kinds.forEach((kind, durations) ->
                rows.add(row(kind.call() + (kind.isAsynchronous() ? ", asynchronous" : ""), durations)));
        report.table(List.of("change", "number", "p50", "p99", "longest"), rows);
        report.paragraph("An asynchronous change takes effect " + Durations.text(Stack.OPERATION_DELAY)
                + " after Cloud Map's answer, which is in all times but the second row's. By the functions' own logs:");
        report.table(
                List.of("step", "number", "p50", "p99", "longest"),
                List.of(
                        row("the producer's read, and sending it", logged(log, linesBefore, "duration_ms")),
                        row(
                                "from the beginning of the read to the commit in the graph",
                                logged(log, linesBefore, "capture_to_graph_ms"))));
    }

    private static long lines(Path log) throws IOException {
        try (Stream<String> lines = Files.lines(log)) {
            return lines.count();
        }
    }

    /** The values of a field of the functions' lines, in milliseconds. */
    private static Durations logged(Path log, long after, String field) throws IOException {
        var durations = new Durations();
        try (Stream<String> lines = Files.lines(log)) {
            lines.skip(after).filter(line -> line.contains("\"" + field + "\"")).forEach(line -> {
                if (Json.parseObject(line).get(field) instanceof Number millis) {
                    durations.add(Duration.ofMillis(millis.longValue()));
                }
            });
        }
        return durations;
    }

    private static List<String> row(String name, Durations durations) {
        return List.of(
                name,
                Integer.toString(durations.count()),
                Durations.text(durations.median()),
                Durations.text(durations.percentile(99)),
                Durations.text(durations.percentile(100)));
    }

    /** Changes of one kind, sent as fast as can be; of each instance several, where there are more than instances. */
    private static List<String> burst(int number, Stack stack, Changes changes)
            throws InterruptedException, TimeoutException, ExecutionException {
        int instances = SERVICES * Registries.INSTANCES;
        String value = "burst of " + number + ", ";
        stack.server.requests().reset();
        long started = System.nanoTime();
        try (var senders = Executors.newFixedThreadPool(SENDERS)) {
            List<Future<?>> sent = new ArrayList<>();
            for (int i = 0; i < number; i++) {
                // Removed instances are registered again by it, so that each of the thousand is there.
                int instance = i % instances;
                String another = value + i / instances;
                sent.add(senders.submit(() -> changes.change(instance, another)));
                if (instance == instances - 1) {
                    // The last change of an instance is the one that stays.
                    for (Future<?> one : sent) {
                        one.get();
                    }
                }
            }
            for (Future<?> one : sent) {
                one.get();
            }
        }
        long answered = System.nanoTime();
        changes.awaitInstances(Math.min(number, instances), value + (number - 1) / instances);
        long shown = System.nanoTime();
        return List.of(
                Integer.toString(number),
                Durations.text(Duration.ofNanos(answered - started)),
                Durations.text(Duration.ofNanos(shown - answered)),
                Long.toString(reads(stack)));
    }

    /** Counts the reads of the registry, those too that still come when the graph is equal. */
    private static long reads(Stack stack) throws InterruptedException {
        long before = -1;
        long reads = stack.server.requests().of("ListNamespaces");
        while (reads > before) {
            before = reads;
            Thread.sleep(QUIET);
            reads = stack.server.requests().of("ListNamespaces");
        }
        return reads;
    }
}
