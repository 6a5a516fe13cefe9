package io.github.cloudmapgraph.local.faults;

import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A place for one execution environment at a time: where one died, the next begins. */
final class Slot {
    /** Makes the n-th environment of this place. */
    interface Maker {
        Environment make(String name, Duration clockOff);
    }

    private final Step.Function function;
    private final String name;
    private final Random random;
    private final Maker maker;
    private final History history;
    private final AtomicBoolean faults;
    private @Nullable Environment current;
    private int environments;

    Slot(Step.Function function, String name, Random random, Maker maker, History history, AtomicBoolean faults) {
        this.function = function;
        this.name = name;
        this.random = random;
        this.maker = maker;
        this.history = history;
        this.faults = faults;
    }

    /** Runs one invocation, with whatever befalls it. */
    Environment.Result invoke(Map<String, Object> payload, String requestId) {
        Environment environment = environment();
        Fate drawn = Fate.draw(function, random);
        Environment.Result result = environment.invoke(payload, requestId, faults.get() ? drawn : Fate.NONE);
        if (result instanceof Environment.Result.Died(boolean timedOut)) {
            if (timedOut) {
                history.add(new Event.Injected(name, "", new Fault.TimedOut()));
            }
            environment.close();
        }
        return result;
    }

    private Environment environment() {
        Environment alive = current;
        if (alive == null || !alive.isAlive()) {
            environments++;
            String called = name + "." + environments;
            Duration off = Duration.ofMillis(random.nextInt(-3_000, 3_001));
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
