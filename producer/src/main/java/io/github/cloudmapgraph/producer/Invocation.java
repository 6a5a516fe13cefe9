package io.github.cloudmapgraph.producer;

import com.amazonaws.services.lambda.runtime.Context;
import java.time.Duration;

/** One invocation of the function. */
record Invocation(Context context) {
    /** Returns Lambda's request id, the same in a retry. */
    String id() {
        return context.getAwsRequestId();
    }

    /** Returns the time until Lambda ends it. */
    Duration remaining() {
        return Duration.ofMillis(context.getRemainingTimeInMillis());
    }
}
