package io.github.cloudmapgraph.lease;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** Loses the answer to a write that took effect, so that the SDK sends it again. */
final class LostAnswers implements ExecutionInterceptor {
    private volatile Predicate<String> which = update -> false;
    private final AtomicInteger lost = new AtomicInteger();

    /** Loses the next answer to an update whose expression contains that text. */
    void loseNext(String part) {
        lost.set(0);
        which = update -> update.contains(part) && lost.getAndIncrement() == 0;
    }

    int lost() {
        return Math.min(lost.get(), 1);
    }

    @Override
    public void beforeUnmarshalling(Context.BeforeUnmarshalling context, ExecutionAttributes attributes) {
        if (context.request() instanceof UpdateItemRequest update && which.test(update.updateExpression())) {
            throw RetryableException.create("the answer was lost");
        }
    }
}
