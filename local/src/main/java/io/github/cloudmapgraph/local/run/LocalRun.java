package io.github.cloudmapgraph.local.run;

import io.github.cloudmapgraph.local.cloudmap.CloudMapServer;
import io.github.cloudmapgraph.local.cloudmap.RegistryFile;
import io.github.cloudmapgraph.local.show.Overview;
import io.github.cloudmapgraph.local.show.UpdateLines;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import picocli.CommandLine;

/** {@code ./run-local}: starts everything, runs the pipeline, shows the graph, and follows changes. */
public final class LocalRun {
    /** How long the first update may take before the run gives up. */
    private static final Duration FIRST_UPDATE = Duration.ofMinutes(6);

    private static final Duration SCHEDULE = Duration.ofMinutes(1);

    private static final Duration CLOSING = Duration.ofSeconds(30);

    private final CountDownLatch stop = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final LocalOptions options;
    private final PrintStream out;
    /** What is no result: standard error where standard output holds a JSON document. */
    private final PrintStream notes;

    private LocalRun(LocalOptions options) {
        this.options = options;
        this.out = System.out;
        this.notes = options.json ? System.err : System.out;
    }

    /** Runs with a command line, and ends the JVM with a status. */
    public static void main(String[] args) {
        int status = 1;
        try {
            status = run(args);
        } finally {
            // Also after an error that nobody expected: the servers' threads would hold the JVM.
            System.exit(status);
        }
    }

    /** Runs with a command line and returns the exit status; servers do not outlive it. */
    static int run(String... args) {
        var options = new LocalOptions();
        var commandLine = new CommandLine(options);
        try {
            commandLine.parseArgs(args);
        } catch (CommandLine.ParameterException e) {
            return failed(e.getMessage() + " (--help explains the options)");
        }
        if (options.help) {
            commandLine.usage(System.out);
            return 0;
        }
        Optional<String> problem = options.problem();
        if (problem.isPresent()) {
            return failed(problem.get());
        }
        try {
            new LocalRun(options).run();
            return 0;
        } catch (InterruptedException e) {
            return failed("it was interrupted");
        } catch (NoSuchFileException e) {
            return failed(e.getFile() + " is not there");
        } catch (AccessDeniedException e) {
            return failed(e.getFile() + " may not be read or written");
        } catch (UserException | IOException | IllegalArgumentException e) {
            return failed(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            return failed(e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
        }
    }

    private static int failed(String reason) {
        System.err.println("run-local: " + reason);
        return 1;
    }

    private void run() throws IOException, InterruptedException {
        Source source = options.aws == null ? Source.embedded() : Source.of(options.aws);
        Optional<RegistryFile> registry = registry();
        Room.require(
                options.data == null ? Path.of(System.getProperty("java.io.tmpdir")) : options.data, Room.NEEDED_BYTES);
        notes.println("Starting Neo4j, SQS, DynamoDB, S3" + (options.aws == null ? " and Cloud Map" : "") + " ...");
        var lines = new AtomicReference<UpdateLines>();
        Path log = logFile();
        try (OutputStream logStream = Files.newOutputStream(log);
                var logLines = new PrintStream(logStream, true, StandardCharsets.UTF_8);
                var stack = LocalStack.start(options, source, logLines, () -> printNew(lines))) {
            load(stack, registry);
            updateOnce(stack);
            show(stack);
            if (options.once) {
                return;
            }
            lines.set(new UpdateLines(stack.graph(), notes));
            new Guide(notes, stack, source, log).print();
            follow(stack);
        } finally {
            ended.countDown();
        }
    }

    private Optional<RegistryFile> registry() throws IOException {
        return options.registry == null ? Optional.empty() : Optional.of(RegistryFile.read(options.registry));
    }

    private Path logFile() throws IOException {
        if (options.log != null) {
            return options.log;
        }
        if (options.data != null) {
            return Files.createDirectories(options.data).resolve("functions.log");
        }
        return Files.createTempFile("cloud-map-graph-", ".log");
    }

    private static void load(LocalStack stack, Optional<RegistryFile> registry) throws IOException {
        if (stack.cloudMap().isEmpty()) {
            return;
        }
        CloudMapServer cloudMap = stack.cloudMap().get();
        if (registry.isPresent()) {
            cloudMap.load(registry.get());
        } else if (cloudMap.isEmpty()) {
            cloudMap.load(RegistryFile.example());
        }
    }

    /** Reads the registry once and waits until the graph equals it. */
    private void updateOnce(LocalStack stack) throws InterruptedException {
        Instant giveUp = Instant.now().plus(FIRST_UPDATE);
        long version = readOnce(stack, giveUp);
        while (stateNumber(stack, "version") < version) {
            if (stateNumber(stack, "held_back_version") >= version) {
                heldBack(stack);
                return;
            }
            requireTime(giveUp, "The graph was not updated");
            Thread.sleep(50);
        }
    }

    /** While changes are followed, the schedule's third read confirms it. */
    private void heldBack(LocalStack stack) {
        String problem = "The registry would delete " + stateNumber(stack, "held_back") + " of "
                + stateNumber(stack, "held_back_of") + " services: the update is held back until it is confirmed";
        if (options.once) {
            throw new UserException(problem + " by the third run in a row");
        }
        notes.println(problem + " by the third read in a row");
    }

    /** A run that was killed in the same folder may still hold the right to read, for some minutes. */
    private static long readOnce(LocalStack stack, Instant giveUp) throws InterruptedException {
        while (true) {
            if (stack.read(Map.of()).get("version") instanceof Number version) {
                return version.longValue();
            }
            requireTime(giveUp, "An earlier run, which did not end well, kept this one from reading");
            Thread.sleep(1_000);
        }
    }

    private static void requireTime(Instant giveUp, String problem) {
        if (Instant.now().isAfter(giveUp)) {
            throw new UserException(problem + " within " + FIRST_UPDATE.toMinutes()
                    + " minutes; the functions' log tells why (--log FILE keeps it)");
        }
    }

    private static long stateNumber(LocalStack stack, String name) {
        return stack.graph().syncState().map(state -> state.get(name)).orElse(0L) instanceof Number number
                ? number.longValue()
                : 0;
    }

    private void show(LocalStack stack) {
        var overview = new Overview(stack.graph());
        if (options.json) {
            out.println(overview.json());
        } else {
            out.println();
            out.println(overview.table());
            out.println();
            out.println(overview.counts());
        }
        out.flush();
    }

    private static void printNew(AtomicReference<UpdateLines> lines) {
        UpdateLines following = lines.get();
        if (following != null) {
            following.printNew();
        }
    }

    /** Lets the schedule come every minute, until Ctrl-C. */
    private void follow(LocalStack stack) throws InterruptedException {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            stop.countDown();
            notes.println("Stopping ...");
            // The JVM ends when its hooks have ended: until then the main thread closes what it opened.
            try {
                ended.await(CLOSING.toSeconds(), TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }));
        while (!stop.await(SCHEDULE.toSeconds(), TimeUnit.SECONDS)) {
            if (options.aws == null) {
                stack.sendSchedule();
            } else {
                readAgain(stack);
            }
        }
    }

    /** A login that expired, or a network that is away, is said; the next minute may be better. */
    private void readAgain(LocalStack stack) {
        try {
            stack.read(Map.of());
        } catch (RuntimeException e) {
            notes.println("Cloud Map could not be read: " + e.getMessage());
        }
    }
}
