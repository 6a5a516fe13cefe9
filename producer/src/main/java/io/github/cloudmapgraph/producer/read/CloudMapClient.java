package io.github.cloudmapgraph.producer.read;

import io.github.cloudmapgraph.aws.AwsClients;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.LongSupplier;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.services.servicediscovery.ServiceDiscoveryClient;

/**
 * The client of one execution environment and how fast each operation may be called. Both outlive a run, for so does
 * what Cloud Map remembers of the calls.
 */
final class CloudMapClient {
    private static final int STANDARD_RATE_PERCENT = 90;

    /**
     * A fifth of each burst is never used: calls that were sent one by one may arrive together, and others call too.
     */
    private static final double BURST_SHARE = 0.8;

    /** Throttled calls back off up to 20 s: together longer than Cloud Map needs to refill any of its buckets. */
    private static final int MAX_ATTEMPTS = 10;

    private final ServiceDiscoveryClient sdk;
    private final Map<Operation, RateLimiter> limiters = new EnumMap<>(Operation.class);
    private final Endpoint endpoint;

    /**
     * Builds the client.
     *
     * @param ratePercent the share of the known rates to use; empty for the standard share of AWS's, and for no limit
     *     at an endpoint that is not AWS's, whose rates nobody knows
     */
    CloudMapClient(AwsClients builder, OptionalInt ratePercent, LongSupplier nanoTime) {
        sdk = client(builder);
        endpoint = new Endpoint(sdk.serviceClientConfiguration().endpointOverride());
        if (endpoint.isAws() || ratePercent.isPresent()) {
            int percent = ratePercent.orElse(STANDARD_RATE_PERCENT);
            for (Operation operation : Operation.values()) {
                limiters.put(
                        operation,
                        new RateLimiter(
                                operation.perSecond() * percent / 100,
                                (int) Math.max(1, operation.burst() * BURST_SHARE * percent / 100),
                                nanoTime));
            }
        }
    }

    private static ServiceDiscoveryClient client(AwsClients builder) {
        return builder.build(
                ServiceDiscoveryClient.class,
                ServiceDiscoveryClient.builder(),
                ClientOverrideConfiguration.builder()
                        // Not the adaptive one: its rate belongs to the client and outlives the invocation. After one
                        // throttled call at a quiet moment it let half a call a second through, for later reads too.
                        .retryStrategy(AwsRetryStrategy.standardRetryStrategy().toBuilder()
                                .maxAttempts(MAX_ATTEMPTS)
                                // The deadline of the read ends what is in vain, not the number of calls that failed.
                                .circuitBreakerEnabled(false)
                                .build())
                        .addExecutionInterceptor(CallCounter.INTERCEPTOR)
                        .build());
    }

    ServiceDiscoveryClient sdk() {
        return sdk;
    }

    Optional<RateLimiter> limiter(Operation operation) {
        return Optional.ofNullable(limiters.get(operation));
    }

    Endpoint endpoint() {
        return endpoint;
    }
}
