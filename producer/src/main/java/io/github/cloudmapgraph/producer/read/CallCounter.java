package io.github.cloudmapgraph.producer.read;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;

/** Counts the requests of one run that went out, each retry as one of its own: that is what Cloud Map counts too. */
final class CallCounter {
    /** One call, from its first attempt to its last; the attempts follow each other. */
    final class Call {
        private final Optional<RateLimiter> limiter;
        private int attempts;

        private Call(Optional<RateLimiter> limiter) {
            this.limiter = limiter;
        }

        private void attempt(String operation) {
            count(operation);
            attempts++;
            if (attempts > 1) {
                // The SDK chose its moment; what it took is missing to the calls that follow.
                limiter.ifPresent(RateLimiter::reserve);
            }
        }
    }

    /** The call travels with the request, for a client serves many runs. */
    static final ExecutionAttribute<Call> OF_REQUEST = new ExecutionAttribute<>("CallCounter.Call");

    static final ExecutionInterceptor INTERCEPTOR = new ExecutionInterceptor() {
        @Override
        public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
            Call call = attributes.getAttribute(OF_REQUEST);
            if (call != null) {
                call.attempt(attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME));
            }
        }
    };

    private final Map<String, LongAdder> requests = new ConcurrentHashMap<>();

    /** Begins a call, which has the token for its first attempt. */
    Call call(Optional<RateLimiter> limiter) {
        return new Call(limiter);
    }

    private void count(String operation) {
        requests.computeIfAbsent(operation, _ -> new LongAdder()).increment();
    }

    Map<String, Long> counts() {
        Map<String, Long> counts = new TreeMap<>();
        requests.forEach((operation, count) -> counts.put(operation, count.sum()));
        return counts;
    }
}
