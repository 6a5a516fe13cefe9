package io.github.cloudmapgraph.local.faults;

import io.github.cloudmapgraph.local.faults.Fault.AtCall;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/** What befalls one invocation, drawn before it begins, so that the same seed gives the same fate. */
final class Fate {
    /** Longer than the lease, and shorter than the function's timeout. */
    private static final Duration PAST_THE_LEASE = Timings.LEASE.plusMillis(700);

    /** More than the SDK tries, so that the read fails and is abandoned. */
    private static final int UNTIL_THE_READ_FAILS = 100;

    private static final Duration UNTIL_ANOTHER_CHANGE = Duration.ofMillis(900);

    /** Of the function's seven seconds less than half as much again is left. */
    private static final Duration TOO_LONG_FOR_ANOTHER_READ = Duration.ofMillis(3_300);

    /** @param nth at which of the step's calls it strikes first */
    private record Armed(Step step, int nth, int times, AtCall fault) {}

    static final Fate NONE = new Fate(List.of());

    private final List<Armed> armed;
    private final Set<Pair> struck = new HashSet<>();
    private final Map<Step, Integer> calls = new EnumMap<>(Step.class);

    private Fate(List<Armed> armed) {
        this.armed = armed;
    }

    /** Draws a fate: nothing, or a fault or two at steps and calls that chance chooses. */
    static Fate draw(Step.Function function, Random random) {
        List<Armed> armed = new ArrayList<>();
        for (double chance = 0.9; random.nextDouble() < chance; chance *= 0.8) {
            List<Step> steps = function.steps();
            Step step = steps.get(random.nextInt(steps.size()));
            List<AtCall> possible = possible(step, random);
            AtCall fault = possible.get(random.nextInt(possible.size()));
            // Of most calls there are one or two an invocation, of statements a dozen, of a service's a dozen.
            int nth = 1 + (random.nextInt(3) == 0 ? random.nextInt(step == Step.NEO4J_STATEMENT ? 12 : 3) : 0);
            armed.add(new Armed(step, nth, times(fault), fault));
        }
        return new Fate(List.copyOf(armed));
    }

    /** Draws a fate that aims at one pair, and leads there. */
    static Fate aimedAt(Pair target, Random random) {
        List<Armed> armed = new ArrayList<>(leadingTo(target.step()));
        Stream.generate(() -> possible(target.step(), random))
                .flatMap(List::stream)
                .filter(fault -> fault.kind().equals(target.kind()))
                .findFirst()
                .ifPresent(fault -> armed.add(new Armed(target.step(), 1, times(fault), fault)));
        return new Fate(List.copyOf(armed));
    }

    /** What has to befall a read before it comes to a step that few come to. */
    private static List<Armed> leadingTo(Step step) {
        return switch (step) {
            case ABANDON_READ ->
                List.of(new Armed(
                        Step.LIST_NAMESPACES, 1, UNTIL_THE_READ_FAILS, new AtCall.ServerError(UNTIL_THE_READ_FAILS)));
            case READ_AGAIN ->
                List.of(new Armed(Step.LIST_NAMESPACES, 1, 1, new AtCall.PausedAfter(UNTIL_ANOTHER_CHANGE)));
            case HAND_READ_OVER ->
                List.of(new Armed(Step.LIST_NAMESPACES, 1, 1, new AtCall.PausedAfter(TOO_LONG_FOR_ANOTHER_READ)));
            default -> List.of();
        };
    }

    private static List<AtCall> possible(Step step, Random random) {
        // The SDK tries three times, the producer's Cloud Map clients ten times.
        int times = 1 + random.nextInt(5);
        Duration pause = random.nextInt(3) == 0 ? PAST_THE_LEASE : Duration.ofMillis(100 + random.nextInt(900));
        return possible(step, random.nextBoolean(), pause, times);
    }

    private static List<AtCall> possible(Step step, boolean silently, Duration pause, int times) {
        List<AtCall> anywhere = List.of(
                // Only Neo4j keeps something open for a client that it believes alive.
                new AtCall.KilledBefore(silently && step.isOfNeo4j()),
                new AtCall.KilledAfter(silently && step.isOfNeo4j()),
                new AtCall.ConnectionCut(),
                new AtCall.AnswerLost(),
                new AtCall.PausedBefore(pause),
                new AtCall.PausedAfter(pause));
        return step.isOfNeo4j()
                ? anywhere
                : Stream.concat(
                                anywhere.stream(),
                                Stream.of(new AtCall.Throttled(times), new AtCall.ServerError(times)))
                        .toList();
    }

    /** Names the faults that can strike at a step. */
    static List<String> possibleAt(Step step) {
        return Stream.of(Duration.ZERO, PAST_THE_LEASE)
                .flatMap(pause -> possible(step, false, pause, 1).stream())
                .map(AtCall::kind)
                .distinct()
                .toList();
    }

    private static int times(AtCall fault) {
        return switch (fault) {
            case AtCall.Throttled(int times) -> times;
            case AtCall.ServerError(int times) -> times;
            default -> 1;
        };
    }

    /** Counts a call, and returns what befalls it. */
    synchronized Optional<AtCall> at(Step step) {
        int call = calls.merge(step, 1, Integer::sum);
        Optional<AtCall> fault = armed.stream()
                .filter(each -> each.step() == step && call >= each.nth() && call < each.nth() + each.times())
                .map(Armed::fault)
                .findFirst();
        fault.ifPresent(found -> struck.add(new Pair(step, found.kind())));
        return fault;
    }

    /** Names the pairs that came up. */
    synchronized Set<Pair> struck() {
        return Set.copyOf(struck);
    }
}
