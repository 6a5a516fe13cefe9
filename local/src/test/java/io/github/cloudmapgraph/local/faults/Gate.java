package io.github.cloudmapgraph.local.faults;

import io.github.cloudmapgraph.local.faults.Fault.AtCall;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** What the remote calls of one execution environment pass. Once it is shut nothing passes any more, ever. */
final class Gate {
    private final String environment;
    private final History history;
    private final List<Consumer<Boolean>> onDeath = new CopyOnWriteArrayList<>();
    private volatile Fate fate = Fate.NONE;
    private volatile boolean shut;

    Gate(String environment, History history) {
        this.environment = environment;
        this.history = history;
    }

    /** Sets what befalls the calls from now on. */
    void setFate(Fate drawn) {
        fate = drawn;
    }

    /** Has {@code cut} called at the end; it is told whether to keep quiet about it. */
    void onDeath(Consumer<Boolean> cut) {
        onDeath.add(cut);
    }

    /** Returns what befalls this call. */
    Optional<AtCall> arrive(Step step) {
        requireAlive();
        Optional<AtCall> fault = fate.at(step);
        fault.ifPresent(found -> history.add(new Event.Injected(environment, step.name(), found)));
        return fault;
    }

    void kill(boolean silently) {
        synchronized (this) {
            if (shut) {
                return;
            }
            shut = true;
            history.add(new Event.Died(environment, System.nanoTime()));
        }
        onDeath.forEach(cut -> cut.accept(silently));
    }

    boolean isAlive() {
        return !shut;
    }

    void requireAlive() {
        if (shut) {
            throw new Killed(environment);
        }
    }

    /** Lets the caller stand still; an environment may be ended meanwhile. */
    void pause(Duration length) {
        try {
            Thread.sleep(length);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        requireAlive();
    }
}
