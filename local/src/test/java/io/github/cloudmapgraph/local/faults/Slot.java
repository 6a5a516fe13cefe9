package io.github.cloudmapgraph.local.faults;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A place for one execution environment at a time: where one died, the next begins. */
final class Slot {
    /** Makes the n-th environment of this place. */
    interface Maker {
        Environment make(String name, Duration clockOff);
    }

    /** What a consumer does when it is new, and seldom later. */
    private static final Set<Step> FIRST_STEPS = EnumSet.of(Step.READ_SECRET, Step.NEO4J_CONNECT);

    private final Step.Function function;
    private final String name;
    private final Random random;
    private final Targets targets;
    private final Maker maker;
    private final History history;
    private final AtomicBoolean faults;
    private @Nullable Environment current;
    private int environments;

    Slot(
            Step.Function function,
            String name,
            Random random,
            Targets targets,
            Maker maker,
            History history,
            AtomicBoolean faults) {
        this.function = function;
        this.name = name;
        this.random = random;
        this.targets = targets;
        this.maker = maker;
        this.history = history;
        this.faults = faults;
    }

    /**
     * Runs one invocation, with whatever befalls it.
     *
     * @param likely the steps that it is more likely to come to than others are
     */
    Environment.Result invoke(Map<String, Object> payload, String requestId, Set<Step> likely) {
        boolean isFresh = current == null || !current.isAlive();
        Environment environment = environment();
        Fate drawn = draw(isFresh && function == Step.Function.CONSUMER ? FIRST_STEPS : likely);
        Environment.Result result = environment.invoke(payload, requestId, faults.get() ? drawn : Fate.NONE);
        targets.struck(drawn.struck());
        if (result instanceof Environment.Result.Died(boolean timedOut)) {
            if (timedOut) {
                history.add(new Event.Injected(name, "", new Fault.TimedOut()));
            }
            environment.close();
        }
        return result;
    }

    private Fate draw(Set<Step> likely) {
        if (random.nextInt(3) == 0) {
            return Fate.draw(function, random);
        }
        return targets.next(function, likely)
                .map(target -> Fate.aimedAt(target, random))
                .orElseGet(() -> Fate.draw(function, random));
    }

    private Environment environment() {
        Environment alive = current;
        if (alive == null || !alive.isAlive()) {
            environments++;
            String called = name + "." + environments;
            Duration off =
                    Duration.ofMillis(random.nextLong(-Timings.CLOCK_OFF.toMillis(), Timings.CLOCK_OFF.toMillis() + 1));
            if (off.abs().toSeconds() > 0) {
                history.add(new Event.Injected(called, "", new Fault.ClockOff(off)));
            }
            alive = maker.make(called, off);
            current = alive;
        }
        return alive;
    }

    void close() {
        if (current != null) {
            current.close();
        }
    }
}
