package io.github.cloudmapgraph.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A JVM of its own on the same class path. It is to end when its input ends, and is killed where it does not. */
public final class ChildJvm implements AutoCloseable {
    /** It ended before it said what was waited for. */
    public static final class EndedException extends IOException {
        private static final long serialVersionUID = 1L;

        EndedException(String waitedFor) {
            super("it ended and did not say '" + waitedFor + "'");
        }
    }

    private static final int SECONDS_TO_END = 30;

    private final Process process;
    private final BufferedReader output;

    /**
     * Starts it; what it writes to its error output goes to this one's.
     *
     * @param flags as {@code -Xmx1g}
     */
    public ChildJvm(List<String> flags, Map<String, String> environment, Class<?> main, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.addAll(List.of(
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(environment);
        process = builder.start();
        output = process.inputReader();
    }

    /** Returns the next line of its output that begins so, without this beginning. */
    public String lineAfter(String beginning) throws IOException {
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith(beginning)) {
                return line.substring(beginning.length());
            }
        }
        throw new EndedException(beginning);
    }

    /** Returns the most memory that it had so far, in MiB: what a container's limit would count. */
    public long peakResidentMebibytes() throws IOException {
        try (var lines = Files.lines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        try {
            if (!process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
