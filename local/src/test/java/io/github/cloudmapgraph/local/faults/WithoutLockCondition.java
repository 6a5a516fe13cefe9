package io.github.cloudmapgraph.local.faults;

import software.amazon.awssdk.core.SdkPlugin;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkServiceClientConfiguration;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** Takes the condition from the request that acquires the update's lease. */
final class WithoutLockCondition implements SdkPlugin, ExecutionInterceptor {
    @Override
    public void configureClient(SdkServiceClientConfiguration.Builder client) {
        client.overrideConfiguration(client.overrideConfiguration().toBuilder()
                .addExecutionInterceptor(this)
                .build());
    }

    @Override
    public SdkRequest modifyRequest(Context.ModifyRequest context, ExecutionAttributes attributes) {
        // All values have to be used: the condition stays, and is always true.
        return context.request() instanceof UpdateItemRequest update
                        && update.updateExpression().startsWith("SET #owner = :owner, expires_at")
                ? update.toBuilder()
                        .conditionExpression("attribute_not_exists(nothing) OR expires_at <= :now")
                        .build()
                : context.request();
    }
}
