package io.github.cloudmapgraph.local.run;

import io.github.cloudmapgraph.local.servers.ListeningSockets;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A run in a JVM of its own, as {@code ./run-local} starts it, with no AWS configuration in its environment. */
final class ChildRun implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Process process;
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Thread reader;

    ChildRun(Path home, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx768m",
                "-XX:+UseSerialGC",
                "-Duser.home=" + home,
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                // Failsafe's own JVM has a jar that only names the others.
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                LocalRun.class.getName()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
        builder.environment().put("HOME", home.toString());
        builder.environment().put("AWS_EC2_METADATA_DISABLED", "true");
        process = builder.start();
        reader = Thread.ofPlatform().daemon().start(this::read);
    }

    private void read() {
        try (BufferedReader output = process.inputReader()) {
            output.lines().forEach(lines::add);
        } catch (IOException e) {
            lines.add("the output could not be read: " + e);
        }
    }

    /** Returns what it wrote, once a line contains a text; whatever it wrote, when it ends or takes too long. */
    List<String> linesOnce(String text) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end && process.isAlive() && lines.stream().noneMatch(line -> line.contains(text))) {
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
        return List.copyOf(lines);
    }

    /** Returns what it and all that it started listen on. */
    List<ListeningSockets.Socket> listeningSockets() throws IOException {
        return ListeningSockets.ofTree(process.toHandle());
    }

    /** Sends SIGTERM, which Java handles as it does SIGINT. */
    void terminate() {
        // Process.destroy would also close the output that is still to be read.
        process.toHandle().destroy();
    }

    /** Waits for its end and returns the status. */
    int status(Duration atMost) throws InterruptedException {
        if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("it still runs after " + atMost.toSeconds() + " s; it wrote " + lines);
        }
        reader.join();
        return process.exitValue();
    }

    List<String> lines() {
        return List.copyOf(lines);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
