package io.github.cloudmapgraph.producer.read;

import io.github.cloudmapgraph.producer.read.CallFailedException.Kind;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.servicediscovery.ServiceDiscoveryClient;

/** One run's calls: each waits for its operation's turn, is counted, and fails with the operation's name. */
final class CloudMapCalls {
    /** Sends one request; the configuration has to be put on it. */
    @FunctionalInterface
    interface Request<T> {
        T send(ServiceDiscoveryClient client, AwsRequestOverrideConfiguration configuration);
    }

    /** Sends the request for one page; the token is null for the first. */
    @FunctionalInterface
    interface PageRequest<P> {
        P send(
                ServiceDiscoveryClient client,
                AwsRequestOverrideConfiguration configuration,
                @Nullable String nextToken);
    }

    private final CloudMapClient client;
    private final Deadline deadline;
    private final Warnings warnings;
    private final CallCounter counter = new CallCounter();
    private final Set<Operation> leftOut = ConcurrentHashMap.newKeySet();

    CloudMapCalls(CloudMapClient client, Deadline deadline, Warnings warnings) {
        this.client = client;
        this.deadline = deadline;
        this.warnings = warnings;
    }

    /** Makes a call that the snapshot cannot do without. */
    <T> T send(Operation operation, Request<T> request) {
        waitForTurn(operation);
        AwsRequestOverrideConfiguration configuration = AwsRequestOverrideConfiguration.builder()
                .putExecutionAttribute(CallCounter.OF_REQUEST, counter.call(client.limiter(operation)))
                .apiCallTimeout(timeLeft(operation))
                .build();
        try {
            return request.send(client.sdk(), configuration);
        } catch (ApiCallTimeoutException e) {
            throw tooLate(operation);
        } catch (SdkException e) {
            throw Failures.of(operation, client.endpoint(), e);
        }
    }

    /**
     * Makes a call that is left out, with a warning, where the endpoint is not AWS's and does not know the operation.
     */
    <T> Optional<T> sendIfImplemented(Operation operation, Request<T> request) {
        if (leftOut.contains(operation)) {
            return Optional.empty();
        }
        try {
            return Optional.of(send(operation, request));
        } catch (CallFailedException e) {
            if (e.kind() != Kind.NOT_IMPLEMENTED) {
                throw e;
            }
            leftOut.add(operation);
            warnings.add(operation.apiName() + " is left out: the configured endpoint does not implement it");
            return Optional.empty();
        }
    }

    /** Reads every page of a list. One without entries is not the end; one without a token is. */
    <P> void eachPage(
            Operation operation, PageRequest<P> request, Function<P, @Nullable String> nextToken, Consumer<P> page) {
        walk(send -> Optional.of(send(operation, send)), request, nextToken, page);
    }

    /** Reads every page of a list that is left out, with a warning, where {@link #sendIfImplemented} would. */
    <P> void eachPageIfImplemented(
            Operation operation, PageRequest<P> request, Function<P, @Nullable String> nextToken, Consumer<P> page) {
        walk(send -> sendIfImplemented(operation, send), request, nextToken, page);
    }

    private static <P> void walk(
            Function<Request<P>, Optional<P>> sender,
            PageRequest<P> request,
            Function<P, @Nullable String> nextToken,
            Consumer<P> page) {
        String token = null;
        do {
            String current = token;
            Optional<P> answer = sender.apply((client, configuration) -> request.send(client, configuration, current));
            answer.ifPresent(page);
            token = answer.map(nextToken).orElse(null);
        } while (token != null && !token.isEmpty());
    }

    private void waitForTurn(Operation operation) {
        Duration wait = client.limiter(operation).map(RateLimiter::reserve).orElse(Duration.ZERO);
        if (wait.compareTo(timeLeft(operation)) > 0) {
            throw tooLate(operation);
        }
        try {
            Thread.sleep(wait);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CallFailedException(Kind.OTHER, operation.apiName() + " was interrupted", e);
        }
    }

    private Duration timeLeft(Operation operation) {
        Duration left = deadline.left();
        if (!left.isPositive()) {
            throw tooLate(operation);
        }
        return left;
    }

    private static TooLateException tooLate(Operation operation) {
        return new TooLateException("the read was not done in time, and stopped at " + operation.apiName()
                + ": give the function a longer timeout, or limit what is read with NAMESPACES");
    }

    Endpoint endpoint() {
        return client.endpoint();
    }

    Map<String, Long> counts() {
        return counter.counts();
    }
}
