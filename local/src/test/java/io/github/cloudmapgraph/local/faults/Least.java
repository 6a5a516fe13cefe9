package io.github.cloudmapgraph.local.faults;

import java.util.ArrayList;
import java.util.List;

/** What a schedule has to have tried, also on a busy machine: where little was tried nothing is shown. */
final class Least {
    private static final int LOCKED_READS = 15;
    private static final int FREE_READS = 150;
    private static final int EDITS = 10;
    private static final int MARKS = 5;
    private static final int FAULTS = 20;
    private static final int UPDATES = 2;

    /** So many pairs of a step and a fault come up, in hundredths of all, for each schedule; and at most so many. */
    private static final int SHARE_A_SCHEDULE = 3;

    private static final int MOST_SHARE = 90;

    /** After so many schedules each kind of fault has come up, the rare ones too. */
    private static final int SCHEDULES_FOR_EVERY_KIND = 25;

    private Least() {}

    /** Says what was not tried often enough in one schedule. */
    static List<String> missingIn(Schedule.Story story) {
        List<String> missing = missingIn(story.history());
        require(missing, "updates applied", story.applied(), UPDATES);
        return missing;
    }

    /** Says what was not tried often enough yet in a schedule that may still go on. */
    static List<String> missingIn(History history) {
        List<String> missing = new ArrayList<>();
        require(missing, "reads with SyncState locked", history, Event.LockedRead.class, LOCKED_READS);
        require(missing, "reads of the version", history, Event.FreeRead.class, FREE_READS);
        require(missing, "changes of the registry", history, Event.Edited.class, EDITS);
        require(missing, "marks of people", history, Event.Marked.class, MARKS);
        require(missing, "faults", history, Event.Injected.class, FAULTS);
        return missing;
    }

    /** Says what was not tried often enough in a whole run. */
    static List<String> missingIn(Report report) {
        List<String> missing = new ArrayList<>();
        int share = Math.min(MOST_SHARE, SHARE_A_SCHEDULE * report.schedules());
        int pairs = Pair.all().size();
        require(missing, "pairs of a step and a fault", pairs - report.spared().size(), pairs * share / 100);
        if (report.schedules() >= SCHEDULES_FOR_EVERY_KIND) {
            report.sparedKinds().forEach(kind -> missing.add("not once: " + kind));
        }
        return missing;
    }

    private static void require(
            List<String> missing, String what, History history, Class<? extends Event> kind, int least) {
        require(missing, what, history.of(kind).count(), least);
    }

    private static void require(List<String> missing, String what, long found, long least) {
        if (found < least) {
            missing.add(what + ": " + found + ", and at least " + least + " are asked for");
        }
    }
}
