package io.github.cloudmapgraph.local.snapstart;

import io.github.cloudmapgraph.local.lambda.RuntimeApi;
import io.github.cloudmapgraph.local.servers.LoopbackAws;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A function's process, started by Lambda's runtime client with SnapStart, and standing at the moment when its memory
 * would be saved.
 */
final class SavedFunction implements AutoCloseable {
    private static final String ARN =
            "arn:aws:lambda:" + LoopbackAws.REGION.id() + ":" + LoopbackAws.ACCOUNT + ":function:saved:live";

    private final Path directory = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "saved");
    private final Path output = directory.resolve("output.log");
    private final Path loaded = directory.resolve("classes.log");
    private final RuntimeApi api;
    private final Process process;
    private final long classesWhenSaved;

    /**
     * Starts it and waits until its memory could be saved.
     *
     * @param payload of its one invocation
     */
    SavedFunction(Class<?> handler, Map<String, String> environment, String payload)
            throws IOException, InterruptedException {
        api = new RuntimeApi(ARN, Duration.ofMinutes(2), payload);
        var builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        // As Lambda starts Java, with the class that has what is called before the memory is saved.
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac",
                        "-Xlog:class+load:file=" + loaded,
                        "-cp",
                        System.getProperty("java.class.path"),
                        "com.amazonaws.services.lambda.runtime.api.client.AWSLambda",
                        handler.getName())
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        builder.environment()
                .putAll(Map.of(
                        "AWS_LAMBDA_RUNTIME_API",
                        api.address(),
                        "AWS_LAMBDA_INITIALIZATION_TYPE",
                        "snap-start",
                        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
                        "1024",
                        "AWS_REGION",
                        LoopbackAws.REGION.id(),
                        "AWS_ACCESS_KEY_ID",
                        LoopbackAws.ACCESS_KEY_ID,
                        "AWS_SECRET_ACCESS_KEY",
                        LoopbackAws.SECRET_ACCESS_KEY,
                        "_HANDLER",
                        handler.getName()));
        process = builder.start();
        try {
            api.awaitSaved();
        } catch (IOException e) {
            close();
            throw new IOException("it failed before its memory was saved; its log: " + log(), e);
        }
        classesWhenSaved = classesLoaded();
    }

    /** Lets it go on as if it had been restored; returns the answer to its invocation. */
    String restoreAndInvoke() throws IOException, InterruptedException {
        api.restore();
        try {
            return api.answer().text();
        } catch (IOException e) {
            throw new IOException("it failed after it was restored; its log: " + log(), e);
        }
    }

    /** Returns how many classes it has loaded since its memory was saved. */
    long classesLoadedSince() throws IOException {
        return classesLoaded() - classesWhenSaved;
    }

    private long classesLoaded() throws IOException {
        try (var lines = Files.lines(loaded)) {
            return lines.filter(line -> line.contains(" source: ")).count();
        }
    }

    String log() throws IOException {
        return Files.readString(output);
    }

    List<String> lines() throws IOException {
        return Files.readAllLines(output);
    }

    @Override
    public void close() {
        process.destroyForcibly();
        api.close();
    }
}
