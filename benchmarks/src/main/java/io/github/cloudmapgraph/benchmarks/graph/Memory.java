package io.github.cloudmapgraph.benchmarks.graph;

import io.github.cloudmapgraph.benchmarks.ChildJvm;
import io.github.cloudmapgraph.benchmarks.Durations;
import io.github.cloudmapgraph.benchmarks.Report;
import io.github.cloudmapgraph.benchmarks.TemporaryDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.neo4j.driver.exceptions.Neo4jException;

/** How much memory the function and Neo4j need for a large registry, and what the whole function takes in it. */
final class Memory {
    private static final Size LARGE = new Size(100_000, 100);
    private static final Size LARGE_OF_MANY_SERVICES = new Size(100_000, 10);
    private static final int AMPLE_HEAP = 3072;
    private static final int TIMES = 5;

    /** Lambda gives a JVM's heap 85 % of the function's memory: 870 MiB of 1,024. */
    private static final List<Integer> FUNCTION_HEAPS = List.of(870, 384, 256, 192, 160);

    private static final List<Integer> SERVER_HEAPS = List.of(2560, 2048, 1792, 1536);

    private Memory() {}

    static void measure(Report report, boolean shortForm) throws IOException {
        ofTheFunction(report, shortForm ? FUNCTION_HEAPS.subList(0, 1) : FUNCTION_HEAPS);
        if (!shortForm) {
            ofTheServer(report);
        }
    }

    private static void ofTheFunction(Report report, List<Integer> heaps) throws IOException {
        report.heading("Memory of the function");
        report.paragraph(
                "The whole function in a JVM of its own, from the message and the object in S3 to the graph, with "
                        + LARGE.text() + ". Serial collector and C1, as in Lambda.");
        List<List<String>> rows = new ArrayList<>();
        try (var directory = TemporaryDirectory.create("benchmark-messages");
                var aws = new AwsServers();
                var server = new Neo4jProcess(AMPLE_HEAP);
                var graph = new Graph(server.bolt())) {
            // Makes the constraints and indexes.
            new CloudMapGraph(graph).update(Registries.empty()).run();
            for (int heap : heaps) {
                graph.clear();
                rows.add(invoke(heap, messages(directory.path(), aws), aws, server));
            }
        }
        report.table(
                "-Xmx, MiB | first load, with a cold start | nothing changed, warm | one instance changed | one"
                        + " service of a hundred | heap in use at most, with garbage | resident at most",
                rows);
    }

    /** The first message loads a registry; then each kind of later message comes several times. */
    private static String[] messages(Path directory, AwsServers aws) throws IOException {
        List<Generation> generations = new ArrayList<>(Collections.nCopies(1 + TIMES, Generation.FIRST));
        for (int i = 0; i < TIMES; i++) {
            generations.add(generations.getLast().anotherAddress());
        }
        for (int i = 0; i < TIMES; i++) {
            generations.add(generations.getLast().oneServiceOfAHundred());
        }
        String[] files = new String[generations.size()];
        for (int i = 0; i < files.length; i++) {
            String body = aws.body(Registries.of(LARGE, generations.get(i)));
            files[i] = Files.writeString(directory.resolve(i + ".json"), body).toString();
        }
        return files;
    }

    private static List<String> invoke(int heap, String[] messages, AwsServers aws, Neo4jProcess server)
            throws IOException {
        try (var function = new ChildJvm(
                List.of("-Xmx" + heap + "m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
                aws.environment(server.bolt()),
                ConsumerMain.class,
                messages)) {
            String firstLoad = Durations.text(milliseconds(function));
            String unchanged = median(function);
            String oneInstance = median(function);
            String oneServiceOfAHundred = median(function);
            long heapBytes = Long.parseLong(function.lineAfter(ConsumerMain.HEAP_BYTES));
            return List.of(
                    Integer.toString(heap),
                    firstLoad,
                    unchanged,
                    oneInstance,
                    oneServiceOfAHundred,
                    heapBytes / (1 << 20) + " MiB",
                    function.peakResidentMebibytes() + " MiB");
        } catch (ChildJvm.EndedException e) {
            return List.of(Integer.toString(heap), "too little", "", "", "", "", "");
        }
    }

    private static String median(ChildJvm function) throws IOException {
        var durations = new Durations();
        for (int i = 0; i < TIMES; i++) {
            durations.add(milliseconds(function));
        }
        return Durations.text(durations.median());
    }

    private static Duration milliseconds(ChildJvm function) throws IOException {
        return Duration.ofMillis(Long.parseLong(function.lineAfter(ConsumerMain.MILLISECONDS)));
    }

    private static void ofTheServer(Report report) throws IOException {
        report.heading("Memory of Neo4j");
        List<List<String>> rows = new ArrayList<>();
        for (Size size : List.of(new Size(10_000, 100), LARGE, LARGE_OF_MANY_SERVICES)) {
            try (var server = new Neo4jProcess(AMPLE_HEAP);
                    var graph = new Graph(server.bolt())) {
                var ours = new CloudMapGraph(graph);
                rows.add(List.of(
                        size.text(),
                        estimate(graph, ours.update(Registries.of(size, Generation.FIRST))),
                        estimate(graph, ours.update(Registries.of(size, Generation.FIRST.anotherValueEverywhere()))),
                        estimate(graph, ours.update(Registries.empty()))));
            }
        }
        report.paragraph("What `SHOW TRANSACTIONS` estimates for the update's transaction, at most"
            + " (`estimatedUsedHeapMemory`; `dbms.memory.transaction.total.max`, by default 70 % of the heap, bounds"
            + " the sum of all):");
        report.table("instances | first load | one attribute on every instance | everything removed", rows);
        List<List<String>> passed = new ArrayList<>();
        for (int heap : SERVER_HEAPS) {
            passed.add(List.of(Integer.toString(heap), firstLoad(heap)));
        }
        report.paragraph("The first load of " + LARGE.text() + " on a server with that heap and Neo4j's own defaults:");
        report.table("heap of Neo4j, MiB | outcome", passed);
    }

    private static String firstLoad(int heap) throws IOException {
        try (var server = new Neo4jProcess(heap);
                var graph = new Graph(server.bolt())) {
            new CloudMapGraph(graph)
                    .update(Registries.of(LARGE, Generation.FIRST))
                    .run();
            return "applied";
        } catch (Neo4jException e) {
            return "refused: `" + e.code() + "`";
        }
    }

    private static String estimate(Graph graph, Runnable update) {
        var ended = new AtomicBoolean();
        var most = new AtomicLong();
        Thread watcher = Thread.ofPlatform().start(() -> {
            while (!ended.get()) {
                graph.read("SHOW TRANSACTIONS YIELD estimatedUsedHeapMemory AS bytes RETURN max(bytes)")
                        .forEach(row -> most.accumulateAndGet(row.get(0).asLong(0), Math::max));
            }
        });
        try {
            update.run();
        } finally {
            ended.set(true);
        }
        try {
            watcher.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return most.get() / (1 << 20) + " MiB";
    }
}
