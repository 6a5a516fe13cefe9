package io.github.cloudmapgraph.local.faults;

import static io.github.cloudmapgraph.local.faults.Fault.OfDelivery.EVENT_LOST;
import static io.github.cloudmapgraph.local.faults.Fault.OfDelivery.EVENT_TWICE;

import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** EventBridge and Lambda's asynchronous invocation: events wait here for a producer, and come again if it fails. */
final class Events {
    /** Lambda waits one minute and two. */
    private static final Duration RETRY_AFTER = Duration.ofMillis(700);

    private static final int ATTEMPTS = 3;

    private record Waiting(Map<String, Object> payload, String requestId, int attempt, long due) implements Delayed {
        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(due - System.nanoTime(), TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
        }
    }

    private final BlockingQueue<Waiting> waiting = new DelayQueue<>();
    private final AtomicInteger open = new AtomicInteger();
    private final History history;
    private final Random random;
    private final AtomicBoolean faults;

    Events(History history, Random random, AtomicBoolean faults) {
        this.history = history;
        this.random = random;
        this.faults = faults;
    }

    /** Takes an event and returns at once. */
    void send(Map<String, Object> payload) {
        int chance;
        synchronized (random) {
            chance = random.nextInt(20);
        }
        if (chance == 0 && faults.get()) {
            history.add(new Event.Injected("events", "", EVENT_LOST));
            return;
        }
        add(payload);
        if (chance == 1 && faults.get()) {
            history.add(new Event.Injected("events", "", EVENT_TWICE));
            add(payload);
        }
    }

    private void add(Map<String, Object> payload) {
        open.incrementAndGet();
        waiting.add(new Waiting(payload, UUID.randomUUID().toString(), 1, System.nanoTime()));
    }

    /** Whether every event is done with, or given up. */
    boolean areOver() {
        return open.get() == 0;
    }

    /** Invokes one place's producers until it is told to end. */
    void run(Slot slot, AtomicBoolean ended) {
        try {
            while (!ended.get()) {
                Waiting next = waiting.poll(100, TimeUnit.MILLISECONDS);
                if (next != null) {
                    var result = slot.invoke(next.payload(), next.requestId(), Set.of());
                    if (!(result instanceof Environment.Result.Answered) && next.attempt() < ATTEMPTS) {
                        waiting.add(new Waiting(
                                next.payload(),
                                next.requestId(),
                                next.attempt() + 1,
                                System.nanoTime() + RETRY_AFTER.toNanos()));
                    } else {
                        open.decrementAndGet();
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
