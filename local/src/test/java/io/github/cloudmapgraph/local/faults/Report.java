package io.github.cloudmapgraph.local.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The figures of a run, as they stand in docs/reliability.md. */
final class Report {
    private final SortedMap<String, Integer> faults = new TreeMap<>();
    private final SortedMap<String, Integer> seen = new TreeMap<>();
    private final SortedMap<Step, Integer> steps = new TreeMap<>();
    private final SortedSet<String> struck = new TreeSet<>();
    private final List<String> violations = new ArrayList<>();
    private int schedules;
    private long longestRecovery;
    private long longestRecoverySeed;

    void add(long seed, Schedule.Story story, List<Violation> found) {
        schedules++;
        for (Event event : story.history().events()) {
            switch (event) {
                case Event.Injected(String _, String where, Fault fault) -> {
                    faults.merge(fault.kind(), 1, Integer::sum);
                    if (!where.isEmpty()) {
                        struck.add(where + ": " + fault.kind());
                        steps.merge(Step.valueOf(where), 1, Integer::sum);
                    }
                }
                case Event.Recovered recovered -> {
                    if (recovered.nanos() > longestRecovery) {
                        longestRecovery = recovered.nanos();
                        longestRecoverySeed = seed;
                    }
                }
                case Event.LockedRead _ -> count("reads of the whole scope with SyncState locked (I1)");
                case Event.FreeRead _ -> count("reads of the version (I2)");
                case Event.Received _ -> count("deliveries of messages");
                case Event.Acknowledged _ -> count("messages done with");
                case Event.DeadLettered _ -> count("messages put aside");
                case Event.LeaseTaken _ -> count("leases taken");
                case Event.LeaseRefused _ -> count("leases refused");
                default -> {}
            }
        }
        seen.merge("leases taken over after they ran out", takenOver(story.history()), Integer::sum);
        for (Map.Entry<String, String> outcome : Map.of(
                        "\"message\":\"applied\"", "updates applied",
                        "\"message\":\"overtaken\"", "snapshots overtaken",
                        "\"message\":\"held back", "snapshots held back",
                        "\"message\":\"stays in the queue\"", "messages sent back to the queue",
                        "\"message\":\"snapshot sent\",\"request_id\"", "snapshots sent")
                .entrySet()) {
            int lines = (int) story.log().stream()
                    .filter(line -> line.contains(outcome.getKey()))
                    .count();
            seen.merge(outcome.getValue(), lines, Integer::sum);
        }
        found.forEach(violation -> violations.add("seed " + seed + ": " + violation));
    }

    private static int takenOver(History history) {
        int count = 0;
        String holder = "";
        for (Event event : history.events()) {
            switch (event) {
                case Event.LeaseTaken taken -> {
                    if (!holder.isEmpty() && !holder.equals(taken.owner())) {
                        count++;
                    }
                    holder = taken.owner();
                }
                case Event.LeaseReleased released -> holder = released.owner().equals(holder) ? "" : holder;
                case Event.LockTableEmptied _ -> holder = "";
                default -> {}
            }
        }
        return count;
    }

    private void count(String what) {
        seen.merge(what, 1, Integer::sum);
    }

    /** Names the steps and the faults that can strike there, but did not yet. */
    SortedSet<String> spared() {
        SortedSet<String> spared = new TreeSet<>();
        for (Step step : Step.values()) {
            Fate.possibleAt(step).forEach(kind -> spared.add(step.name() + ": " + kind));
        }
        spared.removeAll(struck);
        return spared;
    }

    List<String> violations() {
        return violations;
    }

    /** Returns the tables, in Markdown. */
    String text(Duration took) {
        var text = new StringBuilder();
        text.append("| | |\n|---|---:|\n");
        row(text, "schedules", schedules);
        row(text, "violations", violations.size());
        row(
                text,
                "faults injected",
                faults.values().stream().mapToInt(each -> each).sum());
        row(text, "pairs of a step and a fault that struck there", struck.size());
        row(text, "pairs that did not come up", spared().size());
        text.append("| longest time to recover (seed ")
                .append(longestRecoverySeed)
                .append(") | ")
                .append("%.1f s".formatted(longestRecovery / 1e9))
                .append(" |\n");
        seen.forEach((what, times) -> row(text, what, times));
        row(text, "minutes that the run took", took.toMinutes());
        text.append("\n| fault | injected |\n|---|---:|\n");
        faults.forEach((kind, times) -> row(text, kind, times));
        for (Step.Function function : Step.Function.values()) {
            text.append("\n| at a step of the ")
                    .append(function.name().toLowerCase(Locale.ROOT))
                    .append(" | faults |\n|---|---:|\n");
            function.steps()
                    .forEach(step -> row(
                            text, step.name().toLowerCase(Locale.ROOT).replace('_', ' '), steps.getOrDefault(step, 0)));
        }
        return text.toString();
    }

    private static void row(StringBuilder text, String name, long value) {
        text.append("| ")
                .append(name)
                .append(" | ")
                .append("%,d".formatted(value))
                .append(" |\n");
    }
}
