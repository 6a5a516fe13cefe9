package io.github.cloudmapgraph.benchmarks.coldstart;

import io.github.cloudmapgraph.benchmarks.Durations;
import io.github.cloudmapgraph.benchmarks.Report;
import io.github.cloudmapgraph.benchmarks.Suite;
import io.github.cloudmapgraph.benchmarks.coldstart.ColdStart.Measured;
import io.github.cloudmapgraph.benchmarks.coldstart.ColdStart.Start;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Both functions' jars and a function that does nothing, each in a new process a round, in turn. */
public final class ColdStartSuite implements Suite {
    private static final String NO_CHANGE_EVENT = """
        {"source": "aws.servicediscovery", "detail-type": "AWS API Call via CloudTrail",
         "detail": {"eventSource": "servicediscovery.amazonaws.com", "eventName": "ListServices", "readOnly": true}}
        """;

    private enum Case {
        NOTHING("a handler that does nothing"),
        ONE_CALL("one call with the AWS SDK"),
        ONE_QUERY("one call with the AWS SDK, one query with Neo4j's driver"),
        NO_CHANGE("producer, an event that changes nothing"),
        READ("producer, reads the registry and sends it"),
        UNCHANGED("consumer, a snapshot that changes nothing"),
        LOAD("consumer, a snapshot for an empty graph");

        private final String text;

        Case(String text) {
            this.text = text;
        }
    }

    /** The durations of one case in one way to start it. */
    private record Taken(Durations init, Durations invocation, Durations total, Durations cpu) {
        Taken() {
            this(new Durations(), new Durations(), new Durations(), new Durations());
        }

        void add(Measured measured) {
            init.add(measured.init());
            invocation.add(measured.invocation());
            total.add(measured.total());
            cpu.add(measured.cpu());
        }
    }

    @Override
    public String name() {
        return "cold-start";
    }

    @Override
    public String heading() {
        return "Cold start";
    }

    @Override
    public void run(boolean shortForm, Report report) throws Exception {
        Path directory = Files.createTempDirectory("cold-start");
        FunctionPackage nothing = FunctionPackage.of(NothingHandler.class, null, directory.resolve("nothing"));
        FunctionPackage oneCall =
                FunctionPackage.of(OneCallHandler.class, jar("producer"), directory.resolve("one-call"));
        FunctionPackage oneQuery =
                FunctionPackage.of(OneQueryHandler.class, jar("consumer"), directory.resolve("one-query"));
        FunctionPackage producer = FunctionPackage.unpack(
                "io.github.cloudmapgraph.producer.ProducerHandler", jar("producer"), directory.resolve("producer"));
        FunctionPackage consumer = FunctionPackage.unpack(
                "io.github.cloudmapgraph.consumer.ConsumerHandler", jar("consumer"), directory.resolve("consumer"));
        try (var stage = new Stage()) {
            var starter = new ColdStart(stage.environment(), directory.resolve("output.log"));
            var run = new Round(stage, starter, nothing, oneCall, oneQuery, producer, consumer);
            Map<String, Start> starts = new LinkedHashMap<>();
            starts.put("as deployed", Start.AS_DEPLOYED);
            if (!shortForm) {
                starts.put("with C2 too", Start.with("-XX:TieredStopAtLevel=4"));
                starts.put(
                        "bytecode not verified",
                        Start.with("-XX:+UnlockDiagnosticVMOptions", "-XX:-BytecodeVerificationRemote"));
            }
            Path caches = Files.createDirectory(directory.resolve("caches"));
            run.train(caches);
            starts.put("with a cache of loaded classes", Start.withCache(caches));
            Map<String, Map<Case, Taken>> taken = new LinkedHashMap<>();
            run.once(Start.AS_DEPLOYED);
            int rounds = shortForm ? 3 : 11;
            for (int round = 0; round < rounds; round++) {
                for (var start : starts.entrySet()) {
                    Map<Case, Taken> into = taken.computeIfAbsent(start.getKey(), _ -> new LinkedHashMap<>());
                    run.once(start.getValue())
                            .forEach((what, measured) ->
                                    into.computeIfAbsent(what, _ -> new Taken()).add(measured));
                }
            }
            write(report, rounds, run, taken);
            report.paragraph("Jars: producer %.1f MB, %,d classes; consumer %.1f MB, %,d classes."
                    .formatted(producer.bytes() / 1e6, producer.classes(), consumer.bytes() / 1e6, consumer.classes()));
        }
    }

    private static Path jar(String function) {
        return Path.of(Objects.requireNonNull(
                System.getProperty("benchmarks." + function + ".jar"), "benchmarks." + function + ".jar"));
    }

    private static void write(Report report, int rounds, Round run, Map<String, Map<Case, Taken>> taken)
            throws IOException, InterruptedException {
        report.paragraph("From process start to first answer, medians of " + rounds + " rounds.");
        Map<Case, Long> classes = run.classes();
        List<List<String>> rows = new ArrayList<>();
        taken.forEach((start, cases) -> {
            Taken nothing = Objects.requireNonNull(cases.get(Case.NOTHING));
            cases.forEach((what, it) -> rows.add(List.of(
                    start.equals("as deployed") ? what.text : what.text + ", " + start,
                    Durations.ratio(it.total().times(nothing.total())),
                    Durations.ratio(it.init().times(nothing.init())),
                    Durations.ratio(it.cpu().times(nothing.cpu())),
                    Durations.text(it.total().median()),
                    Durations.text(it.init().median()),
                    Durations.text(it.invocation().median()),
                    Durations.text(it.cpu().median()),
                    start.equals("as deployed") ? String.valueOf(classes.get(what)) : "")));
        });
        report.table(
                "start and first answer | times nothing | of that the init phase | CPU, times nothing | total | init |"
                        + " first invocation | CPU | classes loaded",
                rows);
    }

    /** One start of each case. */
    private record Round(
            Stage stage,
            ColdStart starter,
            FunctionPackage nothing,
            FunctionPackage oneCall,
            FunctionPackage oneQuery,
            FunctionPackage producer,
            FunctionPackage consumer) {
        Map<Case, Measured> once(Start start) throws IOException, InterruptedException {
            Map<Case, Measured> measured = new LinkedHashMap<>();
            measured.put(Case.NOTHING, starter.run(nothing, start, "{}"));
            measured.put(Case.ONE_CALL, answering("namespaces", starter.run(oneCall, start, "{}")));
            measured.put(Case.ONE_QUERY, answering("one", starter.run(oneQuery, start, "{}")));
            measured.put(Case.NO_CHANGE, answering("nothing to do", starter.run(producer, start, NO_CHANGE_EVENT)));
            measured.put(Case.READ, answering("snapshot sent", starter.run(producer, start, "{}")));
            String snapshot = stage.takeSnapshot();
            String taken = "\"batchItemFailures\":[]";
            // The graph holds the same of an earlier snapshot, but for the very first time.
            measured.put(Case.UNCHANGED, answering(taken, starter.run(consumer, start, snapshot)));
            stage.emptyGraph();
            measured.put(Case.LOAD, answering(taken, starter.run(consumer, start, snapshot)));
            if (stage.instances() == 0) {
                throw new IllegalStateException("the graph is empty");
            }
            return measured;
        }

        /** Makes the caches of loaded classes, of starts that do their work. */
        void train(Path caches) throws IOException, InterruptedException {
            starter.train(nothing, "{}", caches);
            starter.train(oneCall, "{}", caches);
            starter.train(oneQuery, "{}", caches);
            starter.train(producer, "{}", caches);
            starter.train(consumer, stage.takeSnapshot(), caches);
        }

        Map<Case, Long> classes() throws IOException, InterruptedException {
            Map<Case, Long> classes = new LinkedHashMap<>();
            classes.put(Case.NOTHING, starter.classesLoaded(nothing, "{}"));
            classes.put(Case.ONE_CALL, starter.classesLoaded(oneCall, "{}"));
            classes.put(Case.ONE_QUERY, starter.classesLoaded(oneQuery, "{}"));
            classes.put(Case.NO_CHANGE, starter.classesLoaded(producer, NO_CHANGE_EVENT));
            classes.put(Case.READ, starter.classesLoaded(producer, "{}"));
            String snapshot = stage.takeSnapshot();
            classes.put(Case.UNCHANGED, starter.classesLoaded(consumer, snapshot));
            stage.emptyGraph();
            classes.put(Case.LOAD, starter.classesLoaded(consumer, snapshot));
            return classes;
        }

        private static Measured answering(String expected, Measured measured) {
            if (!measured.answer().contains(expected)) {
                throw new IllegalStateException("answered " + measured.answer() + ", not " + expected);
            }
            return measured;
        }
    }
}
