package io.github.cloudmapgraph.check;

import io.github.cloudmapgraph.failure.FailureText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** What a function can reach and use, line by line, with what to do where it cannot. */
public final class CheckReport {
    /** How one thing stands. */
    public enum Status {
        OK,
        /** It works, with a limit that a person should know. */
        WARNING,
        FAILED
    }

    /**
     * One thing.
     *
     * @param remedy what to do; empty where nothing is to be done
     */
    public record Line(String subject, Status status, String detail, String remedy) {}

    private final List<Line> lines = new ArrayList<>();

    /** Adds a line. */
    public void add(String subject, Status status, String detail, String remedy) {
        lines.add(new Line(subject, status, detail, remedy));
    }

    /**
     * Tries something that changes nothing.
     *
     * @param attempt returns what was found
     * @param remedy what to do where it fails
     */
    public void attempt(String subject, String remedy, Callable<String> attempt) {
        try {
            add(subject, Status.OK, attempt.call(), "");
        } catch (Exception e) {
            add(subject, Status.FAILED, FailureText.of(e), remedy);
        }
    }

    /** Returns the lines so far. */
    public List<Line> lines() {
        return List.copyOf(lines);
    }

    /** Returns the answer that a person reads in the console. */
    public Map<String, Object> toAnswer() {
        boolean failed = lines.stream().anyMatch(line -> line.status() == Status.FAILED);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("outcome", failed ? "check failed" : "check passed");
        answer.put(
                "checks",
                lines.stream()
                        .map(line -> {
                            Map<String, Object> entry = new LinkedHashMap<>();
                            entry.put("subject", line.subject());
                            entry.put("status", line.status().name());
                            entry.put("detail", line.detail());
                            if (!line.remedy().isEmpty()) {
                                entry.put("remedy", line.remedy());
                            }
                            return entry;
                        })
                        .toList());
        return answer;
    }
}
