package io.github.cloudmapgraph.local.faults;

import io.github.cloudmapgraph.local.faults.Fault.AtCall;
import java.io.IOException;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkPlugin;
import software.amazon.awssdk.core.SdkServiceClientConfiguration;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/** Leads each attempt of an AWS call through the gate, and notes what the history wants to know of it. */
final class FaultyCalls implements SdkPlugin, ExecutionInterceptor {
    private static final ExecutionAttribute<AtCall> AFTER = new ExecutionAttribute<>("faults.after");

    private final Step.Function function;
    private final Gate gate;
    private final CallNotes notes;

    FaultyCalls(Step.Function function, Gate gate, CallNotes notes) {
        this.function = function;
        this.gate = gate;
        this.notes = notes;
    }

    @Override
    public void configureClient(SdkServiceClientConfiguration.Builder client) {
        client.overrideConfiguration(client.overrideConfiguration().toBuilder()
                .addExecutionInterceptor(this)
                .build());
    }

    @Override
    public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
        notes.begins(attributes);
    }

    @Override
    public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
        gate.requireAlive();
        attributes.putAttribute(AFTER, null);
        Optional<AtCall> fault = Step.of(function, context.request()).flatMap(gate::arrive);
        if (fault.isPresent()) {
            strike(fault.get(), attributes);
        }
        notes.goesOut(context.request(), attributes);
    }

    private void strike(AtCall fault, ExecutionAttributes attributes) {
        switch (fault) {
            case AtCall.KilledBefore(boolean silently) -> {
                gate.kill(silently);
                gate.requireAlive();
            }
            case AtCall.Throttled _ -> throw answer(400, "ThrottlingException");
            case AtCall.ServerError _ -> throw answer(500, "InternalFailure");
            case AtCall.ConnectionCut _ -> throw RetryableException.create("the connection broke", new IOException());
            case AtCall.PausedBefore(var length) -> gate.pause(length);
            case AtCall.KilledAfter _, AtCall.AnswerLost _, AtCall.PausedAfter _ ->
                attributes.putAttribute(AFTER, fault);
        }
    }

    private static AwsServiceException answer(int status, String code) {
        return AwsServiceException.builder()
                .statusCode(status)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode(code)
                        .errorMessage("injected")
                        .serviceName("faults")
                        .build())
                .message("injected: " + code)
                .build();
    }

    @Override
    public void afterTransmission(Context.AfterTransmission context, ExecutionAttributes attributes) {
        if (context.httpResponse().isSuccessful()) {
            notes.tookEffect(context.request(), attributes);
        }
        switch (attributes.getAttribute(AFTER)) {
            case AtCall.KilledAfter(boolean silently) -> gate.kill(silently);
            case AtCall.AnswerLost _ -> throw RetryableException.create("the answer was lost", new IOException());
            case AtCall.PausedAfter(var length) -> gate.pause(length);
            case null, default -> {}
        }
        gate.requireAlive();
    }

    @Override
    public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
        notes.answered(context.request(), context.response());
    }

    @Override
    public void onExecutionFailure(Context.FailedExecution context, ExecutionAttributes attributes) {
        notes.failed(context.request(), context.exception(), attributes);
    }
}
