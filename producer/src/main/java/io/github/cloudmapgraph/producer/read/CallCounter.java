package io.github.cloudmapgraph.producer.read;

import java.util.Map;
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
    /** The counter travels with the request, for a client serves many runs. */
    static final ExecutionAttribute<CallCounter> OF_REQUEST = new ExecutionAttribute<>("CallCounter");

    static final ExecutionInterceptor INTERCEPTOR = new ExecutionInterceptor() {
        @Override
        public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
            CallCounter counter = attributes.getAttribute(OF_REQUEST);
            if (counter != null) {
                counter.count(attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME));
            }
        }
    };

    private final Map<String, LongAdder> requests = new ConcurrentHashMap<>();

    private void count(String operation) {
        requests.computeIfAbsent(operation, _ -> new LongAdder()).increment();
    }

    Map<String, Long> counts() {
        Map<String, Long> counts = new TreeMap<>();
        requests.forEach((operation, count) -> counts.put(operation, count.sum()));
        return counts;
    }
}
