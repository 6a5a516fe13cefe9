package io.github.cloudmapgraph.benchmarks.coldstart;

import io.github.cloudmapgraph.benchmarks.Durations;
import io.github.cloudmapgraph.benchmarks.Report;
import io.github.cloudmapgraph.benchmarks.Suite;
import io.github.cloudmapgraph.benchmarks.TemporaryDirectory;
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
import java.util.stream.Stream;

/** Both functions' jars and a function that does nothing, each in a new process a round, in turn. */
public final class ColdStartSuite implements Suite {
    private static final String NO_CHANGE_EVENT = """
        {"source": "aws.servicediscovery", "detail-type": "AWS API Call via CloudTrail",
         "detail": {"eventSource": "servicediscovery.amazonaws.com", "eventName": "ListServices", "readOnly": true}}
        """;

    private enum Case {
        NOTHING("a handler that does nothing", "{}"),
        ONE_CALL("one call with the AWS SDK", "\"namespaces\":2"),
        BY_APACHE("one call, with Apache's HTTP client", "\"namespaces\":2"),
        BY_CRT("one call, with the HTTP client of AWS's CRT", "\"namespaces\":2"),
        WITHOUT_LOGGING("one call, without a logging library", "\"namespaces\":2"),
        ONE_QUERY("one call with the AWS SDK, one query with Neo4j's driver", "\"one\":1"),
        NO_CHANGE("producer, an event that changes nothing", "nothing to do"),
        READ("producer, reads the registry and sends it", "snapshot sent"),
        UNCHANGED("consumer, a snapshot that changes nothing", "\"batchItemFailures\":[]"),
        LOAD("consumer, a snapshot for an empty graph", "\"batchItemFailures\":[]");

        private final String text;

        /** What its answer holds. */
        private final String answer;

        Case(String text, String answer) {
            this.text = text;
            this.answer = answer;
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
        try (var directory = TemporaryDirectory.create("cold-start")) {
            measure(shortForm, report, directory.path());
        }
    }

    private static void measure(boolean shortForm, Report report, Path directory) throws Exception {
        FunctionPackage nothing =
                FunctionPackage.of(NothingHandler.class, List.of(), List.of(), directory.resolve("nothing"));
        Map<Case, FunctionPackage> libraries = libraries(shortForm, directory);
        FunctionPackage producer = FunctionPackage.unpack(
                "io.github.cloudmapgraph.producer.ProducerHandler", jar("producer"), directory.resolve("producer"));
        FunctionPackage consumer = FunctionPackage.unpack(
                "io.github.cloudmapgraph.consumer.ConsumerHandler", jar("consumer"), directory.resolve("consumer"));
        try (var stage = new Stage()) {
            var starter = new ColdStart(stage.environment(), directory.resolve("output.log"));
            var run = new Round(stage, starter, nothing, libraries, producer, consumer);
            // What libraries alone take is asked of a start from nothing.
            var runRestored = new Round(stage, starter, nothing, Map.of(), producer, consumer);
            Map<String, Start> starts = new LinkedHashMap<>();
            starts.put("", Start.FROM_NOTHING);
            if (!shortForm) {
                starts.put(", with C2 too", Start.with("-XX:TieredStopAtLevel=4"));
                starts.put(
                        ", bytecode not verified",
                        Start.with("-XX:+UnlockDiagnosticVMOptions", "-XX:-BytecodeVerificationRemote"));
            }
            starts.put(", restored", Start.RESTORED);
            if (!shortForm) {
                starts.put(", restored, not rehearsed", Start.RESTORED_UNREHEARSED);
            }
            Path caches = Files.createDirectory(directory.resolve("caches"));
            run.train(caches);
            starts.put(", with a cache of loaded classes", Start.withCache(caches));
            Map<String, Map<Case, Taken>> taken = new LinkedHashMap<>();
            run.once(Start.FROM_NOTHING);
            int rounds = shortForm ? 2 : 5;
            // A rehearsal takes seconds.
            int restoredRounds = shortForm ? 1 : 5;
            for (int round = 0; round < rounds; round++) {
                for (var start : starts.entrySet()) {
                    if (start.getValue().restored() && round >= restoredRounds) {
                        continue;
                    }
                    Map<Case, Taken> into = taken.computeIfAbsent(start.getKey(), _ -> new LinkedHashMap<>());
                    (start.getValue().restored() ? runRestored : run)
                            .once(start.getValue())
                            .forEach((what, measured) ->
                                    into.computeIfAbsent(what, _ -> new Taken()).add(measured));
                }
            }
            write(report, rounds, restoredRounds, run, starts, taken);
            report.paragraph("Jars: producer %.1f MB, %,d classes; consumer %.1f MB, %,d classes."
                    .formatted(producer.bytes() / 1e6, producer.classes(), consumer.bytes() / 1e6, consumer.classes()));
        }
    }

    /**
     * What the libraries alone do: one call in several ways (in the short form as the functions make it), one query.
     */
    private static Map<Case, FunctionPackage> libraries(boolean shortForm, Path directory) throws IOException {
        Map<Case, FunctionPackage> ways = new LinkedHashMap<>();
        ways.put(Case.ONE_CALL, oneCall(List.of(), List.of(), directory.resolve("one-call")));
        if (!shortForm) {
            ways.put(Case.BY_APACHE, oneCall(httpClient("apache"), List.of(), directory.resolve("by-apache")));
            ways.put(Case.BY_CRT, oneCall(httpClient("crt"), List.of(), directory.resolve("by-crt")));
            ways.put(
                    Case.WITHOUT_LOGGING,
                    oneCall(
                            List.of(),
                            List.of("META-INF/services/org.slf4j.spi.SLF4JServiceProvider"),
                            directory.resolve("without-logging")));
        }
        ways.put(
                Case.ONE_QUERY,
                FunctionPackage.of(
                        OneQueryHandler.class, List.of(jar("consumer")), List.of(), directory.resolve("one-query")));
        return ways;
    }

    private static FunctionPackage oneCall(List<Path> more, List<String> leftOut, Path directory) throws IOException {
        List<Path> libraries = new ArrayList<>(List.of(jar("producer")));
        libraries.addAll(more);
        return FunctionPackage.of(OneCallHandler.class, libraries, leftOut, directory);
    }

    /** The jars of another HTTP client: the build puts them there. */
    private static List<Path> httpClient(String name) throws IOException {
        Path directory = Path.of(Objects.requireNonNull(System.getProperty("benchmarks.http.clients")));
        try (Stream<Path> jars = Files.list(directory.resolve(name))) {
            return jars.sorted().toList();
        }
    }

    private static Path jar(String function) {
        return Path.of(Objects.requireNonNull(
                System.getProperty("benchmarks." + function + ".jar"), "benchmarks." + function + ".jar"));
    }

    private static void write(
            Report report,
            int rounds,
            int restoredRounds,
            Round run,
            Map<String, Start> starts,
            Map<String, Map<Case, Taken>> taken)
            throws IOException, InterruptedException {
        report.paragraph("From process start to first answer, medians of " + rounds + " rounds.");
        Map<Case, Long> classes = run.classes();
        List<List<String>> rows = new ArrayList<>();
        List<List<String>> restored = new ArrayList<>();
        Taken startOfNothing = nothing(taken, "");
        taken.forEach((start, cases) -> {
            Taken nothing = nothing(taken, start);
            boolean isRestored = Objects.requireNonNull(starts.get(start)).restored();
            cases.forEach((what, it) -> {
                if (isRestored) {
                    restored.add(List.of(
                            what.text + start,
                            Durations.ratio(it.total().times(startOfNothing.total())),
                            Durations.ratio(it.total().times(nothing.total())),
                            Durations.text(it.total().median()),
                            Durations.text(it.cpu().median())));
                } else {
                    rows.add(List.of(
                            what.text + start,
                            Durations.ratio(it.total().times(nothing.total())),
                            Durations.ratio(it.init().times(nothing.init())),
                            Durations.ratio(it.cpu().times(nothing.cpu())),
                            Durations.text(it.total().median()),
                            Durations.text(it.init().median()),
                            Durations.text(it.invocation().median()),
                            Durations.text(it.cpu().median()),
                            start.isEmpty() ? String.valueOf(classes.get(what)) : ""));
                }
            });
        });
        report.table(
                "start and first answer | times nothing | of that the init phase | CPU, times nothing | total | init |"
                        + " first invocation | CPU | classes loaded",
                rows);
        report.paragraph("From the end of a restore (SnapStart) to the first answer, medians of rounds: "
                + restoredRounds + "; what the restore takes is not in it.");
        report.table(
                "first answer | times the start and answer of nothing | times nothing, restored too | total | CPU",
                restored);
    }

    private static Taken nothing(Map<String, Map<Case, Taken>> taken, String start) {
        return Objects.requireNonNull(Objects.requireNonNull(taken.get(start)).get(Case.NOTHING));
    }

    /** One start of each case. */
    private record Round(
            Stage stage,
            ColdStart starter,
            FunctionPackage nothing,
            Map<Case, FunctionPackage> libraries,
            FunctionPackage producer,
            FunctionPackage consumer) {
        /** What is started and invoked once: a process of its own. */
        private interface Invocation<T> {
            T invoke(FunctionPackage function, String payload) throws IOException, InterruptedException;
        }

        Map<Case, Measured> once(Start start) throws IOException, InterruptedException {
            Map<Case, Measured> measured = each((function, payload) -> starter.run(function, start, payload));
            measured.forEach((what, it) -> answering(what.answer, it));
            return measured;
        }

        Map<Case, Long> classes() throws IOException, InterruptedException {
            return each(starter::classesLoaded);
        }

        private <T> Map<Case, T> each(Invocation<T> invocation) throws IOException, InterruptedException {
            Map<Case, T> all = new LinkedHashMap<>();
            all.put(Case.NOTHING, invocation.invoke(nothing, "{}"));
            for (var way : libraries.entrySet()) {
                all.put(way.getKey(), invocation.invoke(way.getValue(), "{}"));
            }
            all.put(Case.NO_CHANGE, invocation.invoke(producer, NO_CHANGE_EVENT));
            all.put(Case.READ, invocation.invoke(producer, "{}"));
            String snapshot = stage.takeSnapshot();
            // The first message after the graph was emptied waits longer for Neo4j.
            starter.run(consumer, Start.FROM_NOTHING, snapshot);
            // The same content once more; the message before would be known as one that was delivered twice.
            starter.run(producer, Start.FROM_NOTHING, "{}");
            long version = stage.version();
            all.put(Case.UNCHANGED, invocation.invoke(consumer, stage.takeSnapshot()));
            if (stage.version() <= version) {
                throw new IllegalStateException("the snapshot that changes nothing was not applied");
            }
            stage.emptyGraph();
            all.put(Case.LOAD, invocation.invoke(consumer, snapshot));
            if (stage.instances() == 0) {
                throw new IllegalStateException("the graph is empty");
            }
            return all;
        }

        /** Makes the caches of loaded classes, of starts that do their work. */
        void train(Path caches) throws IOException, InterruptedException {
            starter.train(nothing, "{}", caches);
            for (FunctionPackage way : libraries.values()) {
                starter.train(way, "{}", caches);
            }
            starter.train(producer, "{}", caches);
            starter.train(consumer, stage.takeSnapshot(), caches);
        }

        private static void answering(String expected, Measured measured) {
            if (!measured.answer().contains(expected)) {
                throw new IllegalStateException("answered " + measured.answer() + ", not " + expected);
            }
        }
    }
}
