package io.github.cloudmapgraph.local.faults;

import io.github.cloudmapgraph.local.flow.Contents;
import io.github.cloudmapgraph.message.Envelope;
import io.github.cloudmapgraph.message.EnvelopeReader;
import io.github.cloudmapgraph.message.SnapshotReader;
import io.github.cloudmapgraph.message.UnreadableMessageException;
import java.util.Map;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageResponse;

/** Notes in the history which leases were taken and given back, and which snapshots were sent. */
final class CallNotes {
    private static final ExecutionAttribute<Long> WENT_OUT = new ExecutionAttribute<>("faults.went-out");
    private static final String UPDATE_LOCKS = "update#";

    private final History history;
    private final String queueUrl;
    private final SnapshotReader snapshots;

    /** @param snapshots a reader whose way to the bucket is free of faults */
    CallNotes(History history, String queueUrl, SnapshotReader snapshots) {
        this.history = history;
        this.queueUrl = queueUrl;
        this.snapshots = snapshots;
    }

    void goesOut(SdkRequest request, ExecutionAttributes attributes) {
        long now = System.nanoTime();
        attributes.putAttribute(WENT_OUT, now);
        switch (request) {
            case SendMessageRequest send when send.queueUrl().equals(queueUrl) -> offer(send.messageBody());
            case UpdateItemRequest update
            when isRelease(update) -> history.add(new Event.LeaseReleased(lock(update), text(update, ":owner")));
            default -> {}
        }
    }

    private void offer(String body) {
        try {
            Envelope envelope = EnvelopeReader.read(body);
            history.add(new Event.Offered(envelope.header().version(), Contents.ofSnapshot(snapshots.read(envelope))));
        } catch (UnreadableMessageException e) {
            throw new AssertionError("the producer sends what cannot be read", e);
        }
    }

    void tookEffect(SdkRequest request, ExecutionAttributes attributes) {
        if (request instanceof UpdateItemRequest update && isAcquire(update)) {
            history.add(new Event.LeaseTaken(
                    lock(update),
                    text(update, ":owner"),
                    number(update.expressionAttributeValues(), ":now"),
                    number(update.expressionAttributeValues(), ":until"),
                    attributes.getAttribute(WENT_OUT),
                    System.nanoTime()));
        }
    }

    void answered(SdkRequest request, SdkResponse response) {
        if (request instanceof SendMessageRequest send
                && send.queueUrl().equals(queueUrl)
                && response instanceof SendMessageResponse sent) {
            history.add(new Event.Sent(sent.messageId()));
        }
    }

    void refused(SdkRequest request, Throwable failure) {
        if (request instanceof UpdateItemRequest update
                && isAcquire(update)
                && failure instanceof ConditionalCheckFailedException refusal
                && refusal.hasItem()) {
            AttributeValue holder = refusal.item().get("owner");
            history.add(new Event.LeaseRefused(
                    lock(update),
                    holder == null ? "" : holder.s(),
                    number(update.expressionAttributeValues(), ":now"),
                    number(refusal.item(), "expires_at")));
        }
    }

    private static boolean isAcquire(UpdateItemRequest update) {
        return lock(update).startsWith(UPDATE_LOCKS)
                && update.updateExpression().startsWith("SET #owner");
    }

    private static boolean isRelease(UpdateItemRequest update) {
        return lock(update).startsWith(UPDATE_LOCKS)
                && update.updateExpression().startsWith("REMOVE #owner");
    }

    private static String lock(UpdateItemRequest update) {
        return text(update.key(), "pk");
    }

    private static String text(UpdateItemRequest update, String name) {
        return text(update.expressionAttributeValues(), name);
    }

    private static String text(Map<String, AttributeValue> values, String name) {
        AttributeValue value = values.get(name);
        return value == null ? "" : value.s();
    }

    private static long number(Map<String, AttributeValue> values, String name) {
        AttributeValue value = values.get(name);
        return value == null ? 0 : Long.parseLong(value.n());
    }
}
