package io.github.cloudmapgraph.local.show;

import java.io.PrintStream;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;

/** Prints a line for each update of the graph that changed something. */
public final class UpdateLines {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final int DETAILS = 5;

    private final Graph graph;
    private final PrintStream out;
    private long shownVersion;
    private long shownHeldBack;

    /** Creates the printer; what the graph holds now counts as shown. */
    public UpdateLines(Graph graph, PrintStream out) {
        this.graph = graph;
        this.out = out;
        this.shownVersion =
                graph.syncState().map(state -> number(state, "version")).orElse(0L);
    }

    /** Prints what is new since the last call. */
    public synchronized void printNew() {
        graph.syncState().ifPresent(state -> {
            long version = number(state, "version");
            if (version > shownVersion) {
                shownVersion = version;
                print(state, version);
            }
            if (number(state, "held_back_version") > shownHeldBack) {
                shownHeldBack = number(state, "held_back_version");
                out.println("Held back for confirmation: " + state.get("held_back") + " of "
                        + state.get("held_back_of") + " services would be deleted (seen "
                        + state.get("held_back_seen") + " times)");
            }
        });
    }

    private void print(Map<String, Object> state, long version) {
        long added = number(state, "added");
        long changed = number(state, "changed");
        long removed = number(state, "removed");
        if (added + changed + removed == 0 || !(state.get("applied_at") instanceof ZonedDateTime applied)) {
            return;
        }
        var line = new StringBuilder()
                .append(TIME.format(applied.withZoneSameInstant(ZoneId.systemDefault())))
                .append("  +")
                .append(added)
                .append(" ~")
                .append(changed)
                .append(" -")
                .append(removed);
        // A version is the moment at which the read began. An event's own time has whole seconds only.
        line.append("  ").append(applied.toInstant().toEpochMilli() - version).append(" ms from read to graph");
        out.println(line);
        graph.changes(version, DETAILS)
                .forEach(change ->
                        out.println("            " + change.kind() + " " + change.label() + " " + change.name()));
        if (added + changed + removed > DETAILS) {
            out.println("            and " + (added + changed + removed - DETAILS) + " more");
        }
        out.flush();
    }

    private static long number(Map<String, Object> state, String name) {
        return state.get(name) instanceof Number number ? number.longValue() : 0;
    }
}
