package io.github.cloudmapgraph.local.faults;

import java.util.Arrays;
import java.util.List;

/** A step and a kind of fault that can strike there. */
record Pair(Step step, String kind) {
    /** All that there are. */
    static List<Pair> all() {
        return Arrays.stream(Step.values())
                .flatMap(step -> Fate.possibleAt(step).stream().map(kind -> new Pair(step, kind)))
                .toList();
    }

    @Override
    public String toString() {
        return step + ": " + kind;
    }
}
