package io.github.cloudmapgraph.local.cloudmap;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How the endpoint behaves.
 *
 * @param port 0 for any that is free
 * @param operationDelay how long an asynchronous operation is pending before it takes effect
 * @param dataPlaneDelay how far DiscoverInstances and its revision lag behind the other calls
 * @param latency how long each answer takes at least
 * @param maxPageSize caps every page of a list below the API's 100
 * @param sparsePages whether a filter is applied to a page after it was cut, so that pages may be empty and still carry
 *     a token, as the real service's may
 * @param throttling whether calls above the real service's rates are refused
 * @param events takes the EventBridge event of each change, as JSON, before the call is answered; it must return soon
 * @param dataDirectory where the state is kept across restarts; null keeps it in memory
 */
public record CloudMapOptions(
        Clock clock,
        int port,
        String account,
        String region,
        Duration operationDelay,
        Duration dataPlaneDelay,
        Latency latency,
        int maxPageSize,
        boolean sparsePages,
        boolean throttling,
        Quotas quotas,
        Faults faults,
        Consumer<String> events,
        @Nullable Path dataDirectory) {
    /**
     * A span that each answer's duration is drawn from.
     *
     * @param seed of the draws
     */
    public record Latency(Duration min, Duration max, long seed) {
        /** No latency is added. */
        public static final Latency NONE = new Latency(Duration.ZERO, Duration.ZERO, 0);

        public Latency {
            if (min.isNegative() || max.compareTo(min) < 0) {
                throw new IllegalArgumentException("Latency must be 0 <= min <= max, not " + min + " to " + max);
            }
        }
    }

    /** The account's adjustable quotas. */
    public record Quotas(int namespaces, int instancesPerNamespace, int instancesPerService) {
        /** What an AWS account starts with. */
        public static final Quotas DEFAULT = new Quotas(50, 2000, 1000);
    }

    public CloudMapOptions {
        if (maxPageSize < 1 || maxPageSize > 100) {
            throw new IllegalArgumentException("maxPageSize must be 1 to 100, not " + maxPageSize);
        }
        if (operationDelay.isNegative() || dataPlaneDelay.isNegative()) {
            throw new IllegalArgumentException("Delays must not be negative");
        }
        if (!account.matches("[0-9]{12}")) {
            throw new IllegalArgumentException("account must be 12 digits, not '" + account + "'");
        }
    }

    /** Returns options for any free port, a quick endpoint and state in memory only. */
    public static CloudMapOptions of(Clock clock, String account, String region) {
        return new CloudMapOptions(
                clock,
                0,
                account,
                region,
                Duration.ofMillis(200),
                Duration.ZERO,
                Latency.NONE,
                100,
                false,
                false,
                Quotas.DEFAULT,
                Faults.NONE,
                _ -> {},
                null);
    }

    public CloudMapOptions withPort(int newPort) {
        return copy(newPort, operationDelay, dataPlaneDelay, latency, maxPageSize, sparsePages, throttling);
    }

    public CloudMapOptions withOperationDelay(Duration delay) {
        return copy(port, delay, dataPlaneDelay, latency, maxPageSize, sparsePages, throttling);
    }

    public CloudMapOptions withDataPlaneDelay(Duration delay) {
        return copy(port, operationDelay, delay, latency, maxPageSize, sparsePages, throttling);
    }

    public CloudMapOptions withLatency(Duration min, Duration max) {
        return withLatency(new Latency(min, max, 0));
    }

    public CloudMapOptions withLatency(Latency newLatency) {
        return copy(port, operationDelay, dataPlaneDelay, newLatency, maxPageSize, sparsePages, throttling);
    }

    public CloudMapOptions withMaxPageSize(int size) {
        return copy(port, operationDelay, dataPlaneDelay, latency, size, sparsePages, throttling);
    }

    public CloudMapOptions withSparsePages(boolean sparse) {
        return copy(port, operationDelay, dataPlaneDelay, latency, maxPageSize, sparse, throttling);
    }

    public CloudMapOptions withThrottling(boolean on) {
        return copy(port, operationDelay, dataPlaneDelay, latency, maxPageSize, sparsePages, on);
    }

    public CloudMapOptions withQuotas(Quotas newQuotas) {
        return copy(newQuotas, faults, events, dataDirectory);
    }

    public CloudMapOptions withFaults(Faults newFaults) {
        return copy(quotas, newFaults, events, dataDirectory);
    }

    public CloudMapOptions withEvents(Consumer<String> listener) {
        return copy(quotas, faults, listener, dataDirectory);
    }

    public CloudMapOptions withDataDirectory(Path directory) {
        return copy(quotas, faults, events, directory);
    }

    private CloudMapOptions copy(
            int newPort,
            Duration newOperationDelay,
            Duration newDataPlaneDelay,
            Latency newLatency,
            int newMaxPageSize,
            boolean newSparsePages,
            boolean newThrottling) {
        return new CloudMapOptions(
                clock,
                newPort,
                account,
                region,
                newOperationDelay,
                newDataPlaneDelay,
                newLatency,
                newMaxPageSize,
                newSparsePages,
                newThrottling,
                quotas,
                faults,
                events,
                dataDirectory);
    }

    private CloudMapOptions copy(
            Quotas newQuotas, Faults newFaults, Consumer<String> newEvents, @Nullable Path newDataDirectory) {
        return new CloudMapOptions(
                clock,
                port,
                account,
                region,
                operationDelay,
                dataPlaneDelay,
                latency,
                maxPageSize,
                sparsePages,
                throttling,
                newQuotas,
                newFaults,
                newEvents,
                newDataDirectory);
    }
}
