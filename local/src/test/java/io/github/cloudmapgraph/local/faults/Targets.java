package io.github.cloudmapgraph.local.faults;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;

/** The pairs that have not come up yet, in the order in which a schedule aims at them. */
final class Targets {
    private final List<Pair> waiting;

    /** Puts them in the order that the seed gives. */
    Targets(Collection<Pair> spared, Random random) {
        waiting = new ArrayList<>(spared);
        Collections.shuffle(waiting, random);
    }

    /** None of these steps can be come to. */
    synchronized void leaveOut(Set<Step> steps) {
        waiting.removeIf(pair -> steps.contains(pair.step()));
    }

    synchronized boolean areAt(Step step) {
        return waiting.stream().anyMatch(pair -> pair.step() == step);
    }

    /**
     * Returns the pair to aim at, which then waits behind the others: it may be missed.
     *
     * @param likely the steps that this invocation is more likely to come to than others are
     */
    synchronized Optional<Pair> next(Step.Function function, Set<Step> likely) {
        Optional<Pair> next = first(pair -> likely.contains(pair.step()))
                .or(() -> first(pair -> function.steps().contains(pair.step()) && pair.step() != Step.DEAD_LETTER));
        next.ifPresent(pair -> {
            waiting.remove(pair);
            waiting.add(pair);
        });
        return next;
    }

    private Optional<Pair> first(Predicate<Pair> wanted) {
        return waiting.stream().filter(wanted).findFirst();
    }

    synchronized void struck(Set<Pair> pairs) {
        waiting.removeAll(pairs);
    }
}
