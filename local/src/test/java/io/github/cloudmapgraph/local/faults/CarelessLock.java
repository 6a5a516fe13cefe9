package io.github.cloudmapgraph.local.faults;

import software.amazon.awssdk.core.SdkPlugin;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkServiceClientConfiguration;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** Spoils the condition of the request that acquires the update's lease. */
final class CarelessLock implements SdkPlugin, ExecutionInterceptor {
    private final Mutation mutation;

    CarelessLock(Mutation mutation) {
        this.mutation = mutation;
    }

    @Override
    public void configureClient(SdkServiceClientConfiguration.Builder client) {
        client.overrideConfiguration(client.overrideConfiguration().toBuilder()
                .addExecutionInterceptor(this)
                .build());
    }

    @Override
    public SdkRequest modifyRequest(Context.ModifyRequest context, ExecutionAttributes attributes) {
        return context.request() instanceof UpdateItemRequest update
                        && update.updateExpression().startsWith("SET #owner = :owner, expires_at")
                ? update.toBuilder()
                        .conditionExpression(spoilt(update.conditionExpression()))
                        .build()
                : context.request();
    }

    /** DynamoDB asks that each value is used: both speak of {@code :now}, to no effect. */
    private String spoilt(String condition) {
        return mutation == Mutation.LOCK_WITHOUT_CONDITION
                ? "attribute_not_exists(nothing) OR expires_at <= :now"
                : condition.replace("expires_at <= :now", "(attribute_exists(nothing) AND expires_at <= :now)");
    }
}
