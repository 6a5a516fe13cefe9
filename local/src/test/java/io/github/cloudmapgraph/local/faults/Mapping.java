package io.github.cloudmapgraph.local.faults;

import static io.github.cloudmapgraph.local.faults.Fault.OfDelivery.DELETION_FAILED;
import static io.github.cloudmapgraph.local.faults.Fault.OfDelivery.MESSAGES_OUT_OF_ORDER;
import static io.github.cloudmapgraph.local.faults.Fault.OfDelivery.MESSAGE_TWICE;
import static io.github.cloudmapgraph.local.faults.Fault.OfDelivery.VISIBILITY_RAN_OUT;

import io.github.cloudmapgraph.message.EnvelopeReader;
import io.github.cloudmapgraph.message.UnreadableMessageException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/** Lambda's event source mapping for one place of the consumer, with everything that SQS may do to messages. */
final class Mapping {
    private final SqsClient sqs;
    private final String queueUrl;
    private final Slot slot;
    private final Witness witness;
    private final History history;
    private final Random random;
    private final AtomicBoolean faults;
    /** Delivered before, and by now perhaps deleted: a standard queue may deliver it again. */
    private final List<Message> delivered = new ArrayList<>();

    Mapping(
            SqsClient sqs,
            String queueUrl,
            Slot slot,
            Witness witness,
            History history,
            Random random,
            AtomicBoolean faults) {
        this.sqs = sqs;
        this.queueUrl = queueUrl;
        this.slot = slot;
        this.witness = witness;
        this.history = history;
        this.random = random;
        this.faults = faults;
    }

    /** Polls until it is told to end. */
    void run(AtomicBoolean ended) {
        while (!ended.get()) {
            try {
                pollOnce();
            } catch (SdkException e) {
                throw new IllegalStateException("the mapping itself has no faults", e);
            }
        }
    }

    private void pollOnce() {
        Duration visibility = strikes(VISIBILITY_RAN_OUT, 10) ? Duration.ofSeconds(1) : Timings.VISIBILITY;
        List<Message> messages = new ArrayList<>(sqs.receiveMessage(receive -> receive.queueUrl(queueUrl)
                        .maxNumberOfMessages(10)
                        .waitTimeSeconds(1)
                        .visibilityTimeout((int) visibility.toSeconds())
                        .messageSystemAttributeNames(MessageSystemAttributeName.ALL))
                .messages());
        for (Message message : List.copyOf(messages)) {
            if (strikes(MESSAGES_OUT_OF_ORDER, 6)) {
                messages.remove(message);
                setVisibility(message, 1 + random.nextInt(5));
            }
        }
        if (!delivered.isEmpty() && strikes(MESSAGE_TWICE, 8)) {
            Message again = delivered.get(random.nextInt(delivered.size()));
            if (messages.stream().noneMatch(message -> message.messageId().equals(again.messageId()))) {
                messages.add(again);
            }
        }
        if (!messages.isEmpty()) {
            work(messages);
        }
    }

    /** Tells whether it happens this time, which is once in so many. */
    private boolean strikes(Fault.OfDelivery fault, int onceIn) {
        boolean drawn = random.nextInt(onceIn) == 0 && faults.get();
        if (drawn) {
            history.add(new Event.Injected("queue", "", fault));
        }
        return drawn;
    }

    private void work(List<Message> messages) {
        for (Message message : messages) {
            history.add(new Event.Received(message.messageId(), version(message)));
            witness.noteHandle(message);
        }
        delivered.addAll(messages);
        var result = slot.invoke(
                Map.of("Records", messages.stream().map(Mapping::record).toList()),
                UUID.randomUUID().toString(),
                messages.stream().anyMatch(message -> version(message) == 0) ? Set.of(Step.DEAD_LETTER) : Set.of());
        if (result instanceof Environment.Result.Answered(var answer)) {
            List<Message> done = withoutFailed(messages, answer);
            for (Message message : done) {
                history.add(witness.acknowledge(message.messageId(), version(message)));
            }
            done.stream().filter(_ -> !strikes(DELETION_FAILED, 12)).forEach(this::delete);
        }
    }

    private void delete(Message message) {
        try {
            sqs.deleteMessage(delete -> delete.queueUrl(queueUrl).receiptHandle(message.receiptHandle()));
        } catch (SdkException e) {
            // An old handle of a message that was delivered twice.
        }
    }

    private void setVisibility(Message message, int seconds) {
        sqs.changeMessageVisibility(change ->
                change.queueUrl(queueUrl).receiptHandle(message.receiptHandle()).visibilityTimeout(seconds));
    }

    private static long version(Message message) {
        try {
            return EnvelopeReader.read(message.body()).header().version();
        } catch (UnreadableMessageException e) {
            return 0;
        }
    }

    private static Map<String, Object> record(Message message) {
        return Map.of(
                "messageId", message.messageId(),
                "receiptHandle", message.receiptHandle(),
                "body", message.body(),
                "attributes", message.attributesAsStrings(),
                "eventSource", "aws:sqs");
    }

    private static List<Message> withoutFailed(List<Message> messages, Map<String, Object> answer) {
        var failed = answer.get("batchItemFailures") instanceof List<?> failures
                ? failures.stream()
                        .map(failure -> String.valueOf(((Map<?, ?>) failure).get("itemIdentifier")))
                        .collect(Collectors.toSet())
                : Set.of();
        return messages.stream()
                .filter(message -> !failed.contains(message.messageId()))
                .toList();
    }
}
