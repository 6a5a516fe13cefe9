package io.github.cloudmapgraph.local.faults;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The lines that all functions of a schedule wrote, each with the environment that did. */
final class LineLog {
    private final List<String> lines = new CopyOnWriteArrayList<>();

    /** Returns a stream for one environment; what it writes after its death nobody sees. */
    PrintStream of(String environment, Gate gate) {
        var buffer = new ByteArrayOutputStream() {
            @Override
            public synchronized void flush() {
                if (gate.isAlive() && size() > 0) {
                    add(environment, toString(StandardCharsets.UTF_8));
                }
                reset();
            }
        };
        return new PrintStream((OutputStream) buffer, true, StandardCharsets.UTF_8);
    }

    void add(String who, String text) {
        if (!text.isBlank()) {
            lines.add(who + " " + text.strip());
        }
    }

    long count(String part) {
        return lines.stream().filter(line -> line.contains(part)).count();
    }

    List<String> lines() {
        return List.copyOf(lines);
    }
}
