package io.github.cloudmapgraph.local.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The figures of a run, as they stand in docs/reliability.md. */
final class Report {
    private final SortedMap<String, Integer> faults = new TreeMap<>();
    private final SortedMap<String, Integer> seen = new TreeMap<>();
    private final SortedMap<Step, Integer> steps = new TreeMap<>();
    private final Set<Pair> struck = new HashSet<>();
    private final List<String> violations = new ArrayList<>();
    private int schedules;
    private long longestRecovery;
    private long longestRecoverySeed;
    private long longestRefused;
    private long longestUntilNext;

    void add(long seed, Schedule.Story story, List<Violation> found) {
        schedules++;
        for (Event event : story.history().events()) {
            switch (event) {
                case Event.Injected(String _, String where, Fault fault) -> {
                    faults.merge(fault.kind(), 1, Integer::sum);
                    if (!where.isEmpty()) {
                        struck.add(new Pair(Step.valueOf(where), fault.kind()));
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
                case Event.Edited _ -> count("changes of the registry");
                case Event.Marked _ -> count("marks of people");
                case Event.DeadLettered _ -> count("messages put aside");
                case Event.LeaseTaken _ -> count("leases taken");
                case Event.LeaseRefused _ -> count("leases refused");
                default -> {}
            }
        }
        for (DeadHolder dead : DeadHolder.of(story.history())) {
            count("dead holders for whose sake others were refused (I5)");
            longestRefused = Math.max(longestRefused, dead.refusedFor());
            longestUntilNext = Math.max(longestUntilNext, dead.untilNext());
        }
        seen.merge("leases taken over after they ran out", takenOver(story.history()), Integer::sum);
        for (Map.Entry<String, String> outcome : Map.of(
                        "\"message\":\"applied\"", "updates applied",
                        "\"message\":\"overtaken\"", "snapshots overtaken",
                        "\"message\":\"held back", "snapshots held back",
                        "\"message\":\"stays in the queue\"", "messages sent back to the queue",
                        "\"message\":\"snapshot sent\",\"request_id\"", "snapshots sent")
                .entrySet()) {
            int lines = (int) story.lines(outcome.getKey());
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

    /** The steps and the faults that can strike there, but did not yet. */
    List<Pair> spared() {
        return Pair.all().stream().filter(pair -> !struck.contains(pair)).toList();
    }

    /** Names the kinds of fault that did not come up. */
    SortedSet<String> sparedKinds() {
        SortedSet<String> spared = new TreeSet<>(Fault.kinds());
        spared.removeAll(faults.keySet());
        return spared;
    }

    int schedules() {
        return schedules;
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
        seconds(text, "longest time to recover (seed " + longestRecoverySeed + ")", longestRecovery);
        seconds(text, "longest that a dead holder had others refused (I5)", longestRefused);
        seconds(
                text,
                "longest from a holder's death to the next holder, waits in the queue included",
                longestUntilNext);
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

    private static void seconds(StringBuilder text, String name, long nanos) {
        text.append("| ")
                .append(name)
                .append(" | ")
                .append("%.1f s".formatted(nanos / 1e9))
                .append(" |\n");
    }

    private static void row(StringBuilder text, String name, long value) {
        text.append("| ")
                .append(name)
                .append(" | ")
                .append("%,d".formatted(value))
                .append(" |\n");
    }
}
