package io.github.cloudmapgraph.local.lambda;

import io.github.cloudmapgraph.log.Log;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/**
 * Does what Lambda's event source mapping does for a queue: batches of up to ten messages, two at a time, to the
 * function; deletes those that it does not report as failed. What is not deleted comes back when its visibility timeout
 * ends.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html">Partial batch
 *     responses</a>
 */
public final class QueuePoller implements AutoCloseable {
    private static final int BATCH = 10;

    /** As the deployed mapping's maximum concurrency. */
    private static final int POLLERS = 2;

    /** Lambda waits twenty; a poll that waits cannot be interrupted, and who presses Ctrl-C shall not wait for it. */
    private static final int LONG_POLL_SECONDS = 1;

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final SqsClient sqs;
    private final String queueUrl;
    private final String queueArn;
    private final String region;
    private final Function function;
    private final Runnable afterBatch;
    private final Log log;
    private final ExecutorService pollers = Executors.newVirtualThreadPerTaskExecutor();
    private volatile boolean closed;

    /**
     * Creates a poller; it polls from {@link #start()} on.
     *
     * @param afterBatch runs after each batch, in the poller's thread
     */
    public QueuePoller(
            SqsClient sqs,
            String queueUrl,
            String queueArn,
            String region,
            Function function,
            Runnable afterBatch,
            Log log) {
        this.sqs = sqs;
        this.queueUrl = queueUrl;
        this.queueArn = queueArn;
        this.region = region;
        this.function = function;
        this.afterBatch = afterBatch;
        this.log = log;
    }

    /** Starts polling in the background. */
    public void start() {
        for (int i = 0; i < POLLERS; i++) {
            pollers.execute(this::poll);
        }
    }

    private void poll() {
        while (!closed) {
            try {
                pollOnce();
            } catch (RuntimeException e) {
                if (closed || !pauseAfter(e)) {
                    return;
                }
            }
        }
    }

    /** A queue that is away is asked again, not hammered. Returns false where the poller is to end. */
    private boolean pauseAfter(RuntimeException failure) {
        log.error("The queue could not be polled", failure);
        try {
            Thread.sleep(PAUSE);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void pollOnce() {
        List<Message> messages = sqs.receiveMessage(receive -> receive.queueUrl(queueUrl)
                        .maxNumberOfMessages(BATCH)
                        .waitTimeSeconds(LONG_POLL_SECONDS)
                        .messageAttributeNames("All")
                        .messageSystemAttributeNames(MessageSystemAttributeName.ALL))
                .messages();
        if (messages.isEmpty()) {
            return;
        }
        try {
            Map<String, Object> answer = function.invoke(
                    event(messages, queueArn, region), UUID.randomUUID().toString());
            delete(messages, failures(answer));
        } catch (RuntimeException e) {
            log.error("The consumer failed; the batch comes back when its visibility timeout ends", e);
        }
        afterBatch.run();
    }

    /** The event that Lambda makes of messages, which were received with all their attributes. */
    public static Map<String, Object> event(List<Message> messages, String queueArn, String region) {
        return Map.of(
                "Records",
                messages.stream()
                        .map(message -> record(message, queueArn, region))
                        .toList());
    }

    private static Map<String, Object> record(Message message, String queueArn, String region) {
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("messageId", message.messageId());
        record.put("receiptHandle", message.receiptHandle());
        record.put("body", message.body());
        record.put("attributes", message.attributesAsStrings());
        Map<String, Object> attributes = new LinkedHashMap<>();
        message.messageAttributes()
                .forEach((name, value) ->
                        attributes.put(name, Map.of("stringValue", value.stringValue(), "dataType", value.dataType())));
        record.put("messageAttributes", attributes);
        record.put("md5OfBody", message.md5OfBody());
        record.put("eventSource", "aws:sqs");
        record.put("eventSourceARN", queueArn);
        record.put("awsRegion", region);
        return record;
    }

    private static Set<String> failures(Map<String, Object> answer) {
        Set<String> failed = new HashSet<>();
        if (answer.get("batchItemFailures") instanceof List<?> failures) {
            for (Object failure : failures) {
                if (failure instanceof Map<?, ?> item && item.get("itemIdentifier") instanceof String id) {
                    failed.add(id);
                }
            }
        }
        return failed;
    }

    private void delete(List<Message> messages, Set<String> failed) {
        List<DeleteMessageBatchRequestEntry> done = messages.stream()
                .filter(message -> !failed.contains(message.messageId()))
                .map(message -> DeleteMessageBatchRequestEntry.builder()
                        .id(message.messageId())
                        .receiptHandle(message.receiptHandle())
                        .build())
                .toList();
        if (!done.isEmpty()) {
            sqs.deleteMessageBatch(delete -> delete.queueUrl(queueUrl).entries(done));
        }
    }

    /** Ends the polling; a batch that is being worked on is interrupted. */
    @Override
    public void close() {
        closed = true;
        pollers.shutdownNow();
        pollers.close();
    }
}
