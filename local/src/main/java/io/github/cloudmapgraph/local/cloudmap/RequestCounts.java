package io.github.cloudmapgraph.local.cloudmap;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** Counts what was asked of the endpoint. */
public final class RequestCounts {
    private final Map<String, LongAdder> byOperation = new ConcurrentHashMap<>();
    private final LongAdder throttled = new LongAdder();
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger mostRunning = new AtomicInteger();

    RequestCounts() {}

    /** Returns the number of requests of each operation, refused ones included. */
    public Map<String, Long> byOperation() {
        Map<String, Long> counts = new TreeMap<>();
        byOperation.forEach((operation, count) -> counts.put(operation, count.sum()));
        return counts;
    }

    /** Returns the number of requests of one operation. */
    public long of(String operation) {
        LongAdder count = byOperation.get(operation);
        return count == null ? 0 : count.sum();
    }

    /** Returns the number of all requests. */
    public long total() {
        return byOperation.values().stream().mapToLong(LongAdder::sum).sum();
    }

    /** Returns the number of requests that were refused because there were too many. */
    public long ofThrottled() {
        return throttled.sum();
    }

    /** Returns the greatest number of requests that ran at one time. */
    public int mostAtOnce() {
        return mostRunning.get();
    }

    /** Starts anew at zero. */
    public void reset() {
        byOperation.clear();
        throttled.reset();
        mostRunning.set(running.get());
    }

    void begin(String operation) {
        byOperation.computeIfAbsent(operation, _ -> new LongAdder()).increment();
        int now = running.incrementAndGet();
        mostRunning.accumulateAndGet(now, Math::max);
    }

    void throttled() {
        throttled.increment();
    }

    void end() {
        running.decrementAndGet();
    }
}
