package io.github.cloudmapgraph.consumer;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;

/**
 * The order in which a scope's waiting snapshots are tried.
 *
 * <p>First those that carry a person's order and are older than the newest, oldest first. Then the newest; where it is
 * refused the next older one, and so on. What is left once one is settled is overtaken by it, and only then.
 */
final class LatestWins {
    /** One snapshot and what came of it. */
    record Result(Waiting waiting, Verdict verdict) {}

    private final Function<Waiting, Attempt> update;
    private final Deque<Waiting> withOrders = new ArrayDeque<>();
    private final Deque<Waiting> newestFirst = new ArrayDeque<>();
    private final List<Result> results = new ArrayList<>();

    private LatestWins(List<Waiting> waiting, Function<Waiting, Attempt> update) {
        this.update = update;
        waiting.stream()
                .sorted(Comparator.comparingLong(Waiting::version).reversed())
                .forEach(each -> {
                    if (each.carriesOrders() && !newestFirst.isEmpty()) {
                        withOrders.addFirst(each);
                    } else {
                        newestFirst.addLast(each);
                    }
                });
    }

    /** Tries the snapshots of one scope, and says of each what came of it. */
    static List<Result> work(List<Waiting> waiting, Function<Waiting, Attempt> update) {
        var work = new LatestWins(waiting, update);
        work.workOff();
        return work.results;
    }

    private void workOff() {
        while (!withOrders.isEmpty()) {
            Waiting next = withOrders.removeFirst();
            switch (update.apply(next)) {
                case Attempt.Settled(Outcome outcome, long _) -> end(next, new Verdict.Ended(outcome));
                case Attempt.Refused(Verdict verdict) -> end(next, verdict);
                case Attempt.Blocked(Obstacle obstacle) -> {
                    endAll(next, new Verdict.Stays(obstacle));
                    return;
                }
            }
        }
        while (!newestFirst.isEmpty()) {
            Waiting next = newestFirst.removeFirst();
            switch (update.apply(next)) {
                case Attempt.Settled(Outcome outcome, long graphVersion) -> {
                    end(next, new Verdict.Ended(outcome));
                    endRest(new Verdict.Ended(new Outcome.Overtaken(graphVersion)));
                }
                case Attempt.Refused(Verdict verdict) -> end(next, verdict);
                case Attempt.Blocked(Obstacle obstacle) -> endAll(next, new Verdict.Stays(obstacle));
            }
        }
    }

    private void end(Waiting waiting, Verdict verdict) {
        results.add(new Result(waiting, verdict));
    }

    private void endAll(Waiting waiting, Verdict verdict) {
        end(waiting, verdict);
        endRest(verdict);
    }

    private void endRest(Verdict verdict) {
        withOrders.forEach(each -> end(each, verdict));
        newestFirst.forEach(each -> end(each, verdict));
        withOrders.clear();
        newestFirst.clear();
    }
}
