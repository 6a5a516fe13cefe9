package io.github.cloudmapgraph.local.producer;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.core.SdkPlugin;
import software.amazon.awssdk.core.SdkServiceClientConfiguration;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** Holds requests after they are counted in the lock table, until so many are: only then one takes the lease. */
final class CountedTogether implements SdkPlugin, ExecutionInterceptor {
    private final CountDownLatch missing;

    CountedTogether(int requests) {
        this.missing = new CountDownLatch(requests);
    }

    @Override
    public void configureClient(SdkServiceClientConfiguration.Builder client) {
        client.overrideConfiguration(client.overrideConfiguration().toBuilder()
                .addExecutionInterceptor(this)
                .build());
    }

    @Override
    public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
        if (context.request() instanceof UpdateItemRequest update
                && update.updateExpression().startsWith("SET requests =")) {
            missing.countDown();
            try {
                if (!missing.await(30, TimeUnit.SECONDS)) {
                    throw new AssertionError(missing.getCount() + " more requests were to be counted");
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
