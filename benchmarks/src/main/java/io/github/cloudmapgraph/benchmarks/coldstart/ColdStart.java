package io.github.cloudmapgraph.benchmarks.coldstart;

import io.github.cloudmapgraph.local.lambda.RuntimeApi;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Starts one function in a process of its own, as Lambda's Java runtime does, and invokes it once. */
final class ColdStart {
    private static final String CLIENT = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";
    private static final String ARN = "arn:aws:lambda:us-east-1:123456789012:function:cold-start";
    private static final Duration TIMEOUT = Duration.ofMinutes(3);

    /**
     * As Lambda starts Java 25: 85 % of 1,024 MB as heap, the serial collector, no compiler but C1. It also says
     * {@code -Xshare:auto}, which is the default and excludes another cache of classes.
     */
    private static final List<String> LAMBDA_FLAGS = List.of(
            "-Xmx870m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac");

    /** The JDK drops connections that were idle for 5 s: after a restore none of the rehearsal's can be used. */
    private static final Duration SAVING = Duration.ofSeconds(6);

    private final Map<String, String> environment;
    private final Path output;
    private final Path java = Path.of(System.getProperty("java.home"), "bin", "java");

    /**
     * How a process is started beside {@link #LAMBDA_FLAGS}.
     *
     * @param asJar the function is a jar on the class path, as a container image may have it, and not unpacked
     * @param caches where the functions' caches of loaded classes are; no such cache if it is null
     * @param restored with SnapStart: measured from when the process goes on after its memory was saved
     */
    record Start(
            List<String> flags, boolean asJar, @Nullable Path caches, boolean restored) {
        static final Start FROM_NOTHING = new Start(List.of(), false, null, false);

        static final Start RESTORED = new Start(List.of(), false, null, true);

        /** The function's hook is registered where nobody calls it. */
        static final Start RESTORED_UNREHEARSED = new Start(List.of("-Dorg.crac.Core.Compat=none"), false, null, true);

        static Start with(String... flags) {
            return new Start(List.of(flags), false, null, false);
        }

        /** Uses the cache that {@link #train} made of an earlier start of the same JVM. */
        static Start withCache(Path caches) {
            return new Start(List.of(), true, caches, false);
        }

        private List<String> flagsFor(FunctionPackage function) {
            if (caches == null) {
                return flags;
            }
            List<String> all = new ArrayList<>(flags);
            all.add("-XX:AOTCache=" + cache(function, caches));
            return all;
        }
    }

    private static Path cache(FunctionPackage function, Path caches) {
        return caches.resolve(function.taskRoot().getFileName() + ".aot");
    }

    /**
     * What one start took.
     *
     * @param init from the start of the process until it asks for its first invocation
     * @param invocation from then to the answer
     * @param cpu of all threads, until the answer
     */
    record Measured(Duration init, Duration invocation, Duration cpu, String answer) {
        Duration total() {
            return init.plus(invocation);
        }
    }

    /** Creates the starter of functions that get this environment, and write what they log to a file. */
    ColdStart(Map<String, String> environment, Path output) {
        this.environment = environment;
        this.output = output;
    }

    Measured run(FunctionPackage function, Start start, String payload) throws IOException, InterruptedException {
        return run(function, start, payload, _ -> {});
    }

    /**
     * Makes the cache of what a function loads until its first answer.
     *
     * @see <a href="https://openjdk.org/jeps/514">JEP 514, Ahead-of-Time Command-Line Ergonomics</a>
     */
    void train(FunctionPackage function, String payload, Path caches) throws IOException, InterruptedException {
        Path cache = cache(function, caches);
        run(function, new Start(List.of("-XX:AOTCacheOutput=" + cache), true, null, false), payload, process -> {
            // It is made when the process ends.
            process.destroy();
            process.onExit().join();
        });
        if (!Files.exists(cache)) {
            throw new IOException("no cache was made; the function logged: " + Files.readString(output));
        }
    }

    /** Returns the number of classes that the function loaded until its first answer. */
    long classesLoaded(FunctionPackage function, String payload) throws IOException, InterruptedException {
        Path loaded = output.resolveSibling("classes.log");
        Files.deleteIfExists(loaded);
        run(function, Start.with("-Xlog:class+load:file=" + loaded), payload);
        try (var lines = Files.lines(loaded)) {
            return lines.filter(line -> line.contains(" source: ")).count();
        }
    }

    private Measured run(FunctionPackage function, Start start, String payload, Consumer<Process> afterAnswer)
            throws IOException, InterruptedException {
        try (var api = new RuntimeApi(ARN, TIMEOUT, payload)) {
            ProcessBuilder builder = builder(function, start, api.address());
            long started = System.nanoTime();
            Process process = builder.start();
            try {
                long from = started;
                Duration cpuBefore = Duration.ZERO;
                if (start.restored()) {
                    api.awaitSaved();
                    Thread.sleep(SAVING);
                    cpuBefore = cpu(process);
                    from = System.nanoTime();
                    api.restore();
                }
                long initialized = api.initialized();
                RuntimeApi.Answer answer = api.answer();
                Duration cpu = cpu(process).minus(cpuBefore);
                afterAnswer.accept(process);
                return new Measured(
                        Duration.ofNanos(initialized - from),
                        Duration.ofNanos(answer.at() - initialized),
                        cpu,
                        answer.text());
            } catch (IOException e) {
                throw new IOException(function.handler() + " failed; it logged: " + Files.readString(output), e);
            } finally {
                end(process);
            }
        }
    }

    private static Duration cpu(Process process) {
        return process.info().totalCpuDuration().orElseThrow();
    }

    private ProcessBuilder builder(FunctionPackage function, Start start, String api) throws IOException {
        List<String> command = new ArrayList<>(List.of(java.toString()));
        command.addAll(LAMBDA_FLAGS);
        command.add("--enable-native-access=ALL-UNNAMED");
        command.addAll(start.flagsFor(function));
        String classPath =
                start.asJar() ? runtimeClassPath() + File.pathSeparator + function.jar() : runtimeClassPath();
        command.addAll(List.of("-cp", classPath, CLIENT, function.handler()));
        Path directory = start.asJar() ? function.jar().resolveSibling("empty") : function.taskRoot();
        var builder = new ProcessBuilder(command)
                .directory(Files.createDirectories(directory).toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.environment().put("AWS_LAMBDA_RUNTIME_API", api);
        builder.environment().put("_HANDLER", function.handler());
        builder.environment().put("AWS_LAMBDA_INITIALIZATION_TYPE", start.restored() ? "snap-start" : "on-demand");
        return builder;
    }

    /** Of this process's class path, what Lambda has in {@code /var/runtime/lib}. */
    private static String runtimeClassPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> entry.contains("aws-lambda-java-core")
                        || entry.contains("aws-lambda-java-runtime-interface-client")
                        || entry.contains("aws-lambda-java-serialization")
                        || entry.contains("utils-lite"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static void end(Process process) throws InterruptedException {
        process.destroy();
        if (!process.waitFor(3, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }
}
