package io.github.cloudmapgraph.local.faults;

import io.github.cloudmapgraph.local.flow.Contents;
import io.github.cloudmapgraph.message.Envelope;
import io.github.cloudmapgraph.message.EnvelopeReader;
import io.github.cloudmapgraph.message.SnapshotReader;
import io.github.cloudmapgraph.message.UnreadableMessageException;
import io.github.cloudmapgraph.snapshot.Snapshot;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
    private static final String READ_LOCKS = "read#";

    /** How the updates begin that take the right to read, end it with a read, and end it without one. */
    private static final String READ_TAKEN = "SET #owner = :owner, invocation";

    private static final String READ_COMPLETE = "SET done = :covered REMOVE";
    private static final String READ_GIVEN_UP = "REMOVE #owner, invocation, expires_at";

    private static final ExecutionAttribute<Long> ASKED = new ExecutionAttribute<>("faults.asked");

    private final String environment;
    private final History history;
    private final String queueUrl;
    private final SnapshotReader snapshots;

    /** @param snapshots a reader whose way to the bucket is free of faults */
    CallNotes(String environment, History history, String queueUrl, SnapshotReader snapshots) {
        this.environment = environment;
        this.history = history;
        this.queueUrl = queueUrl;
        this.snapshots = snapshots;
    }

    /** The caller has just looked at its clock; pauses and repetitions are still to come. */
    void begins(ExecutionAttributes attributes) {
        attributes.putAttribute(ASKED, System.nanoTime());
    }

    void goesOut(SdkRequest request, ExecutionAttributes attributes) {
        long now = System.nanoTime();
        attributes.putAttribute(WENT_OUT, now);
        switch (request) {
            case SendMessageRequest send when send.queueUrl().equals(queueUrl) -> offer(send.messageBody());
            case UpdateItemRequest update
            when isRelease(update) -> history.add(new Event.LeaseReleased(lock(update), text(update, ":owner")));
            case UpdateItemRequest update
            when isOfRead(update) && update.updateExpression().startsWith(READ_GIVEN_UP) ->
                history.add(new Event.ReadGivenBack(text(update, ":owner")));
            default -> {}
        }
    }

    private void offer(String body) {
        try {
            Envelope envelope = EnvelopeReader.read(body);
            Snapshot snapshot = snapshots.read(envelope);
            history.add(new Event.Offered(envelope.header().version(), Contents.ofSnapshot(snapshot), keys(snapshot)));
        } catch (UnreadableMessageException e) {
            throw new AssertionError("the producer sends what cannot be read", e);
        }
    }

    private static Set<String> keys(Snapshot snapshot) {
        return snapshot.registry().namespaces().stream()
                .flatMap(namespace -> namespace.services().stream())
                .flatMap(service -> Stream.concat(
                        Stream.of(service.arn()),
                        service.instances().stream().map(instance -> service.arn() + "/" + instance.id())))
                .collect(Collectors.toSet());
    }

    void tookEffect(SdkRequest request, ExecutionAttributes attributes) {
        if (request instanceof UpdateItemRequest update && isOfRead(update)) {
            readTookEffect(update);
        }
        if (request instanceof UpdateItemRequest update && isAcquire(update)) {
            history.add(new Event.LeaseTaken(
                    environment,
                    lock(update),
                    text(update, ":owner"),
                    number(update.expressionAttributeValues(), ":now"),
                    number(update.expressionAttributeValues(), ":until"),
                    attributes.getAttribute(WENT_OUT),
                    System.nanoTime()));
        }
    }

    private void readTookEffect(UpdateItemRequest update) {
        if (update.updateExpression().startsWith(READ_TAKEN)) {
            history.add(new Event.ReadTaken(environment, text(update, ":owner")));
        } else if (update.updateExpression().startsWith(READ_COMPLETE)) {
            history.add(new Event.ReadGivenBack(text(update, ":owner")));
        }
    }

    void answered(SdkRequest request, SdkResponse response) {
        if (request instanceof SendMessageRequest send
                && send.queueUrl().equals(queueUrl)
                && response instanceof SendMessageResponse sent) {
            history.add(new Event.Sent(sent.messageId()));
        }
    }

    void failed(SdkRequest request, Throwable failure, ExecutionAttributes attributes) {
        if (!(request instanceof UpdateItemRequest update)
                || !(isAcquire(update) || isRelease(update) || isOfRead(update))) {
            return;
        }
        if (!(failure instanceof ConditionalCheckFailedException refusal)) {
            history.add(new Event.LeaseUncertain(lock(update), text(update, ":owner")));
        } else if (isOfRead(update)) {
            AttributeValue holder = refusal.item().get("owner");
            if (holder == null
                    || !holder.equals(update.expressionAttributeValues().get(":owner"))) {
                // Lost, or not got: either way there is nothing to give back.
                history.add(new Event.ReadGivenBack(text(update, ":owner")));
            }
        } else if (isAcquire(update) && refusal.hasItem()) {
            AttributeValue holder = refusal.item().get("owner");
            history.add(new Event.LeaseRefused(
                    lock(update),
                    holder == null ? "" : holder.s(),
                    number(update.expressionAttributeValues(), ":now"),
                    number(refusal.item(), "expires_at"),
                    attributes.getAttribute(ASKED)));
        }
    }

    private static boolean isAcquire(UpdateItemRequest update) {
        return lock(update).startsWith(UPDATE_LOCKS)
                && update.updateExpression().startsWith("SET #owner");
    }

    private static boolean isOfRead(UpdateItemRequest update) {
        return lock(update).startsWith(READ_LOCKS);
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
