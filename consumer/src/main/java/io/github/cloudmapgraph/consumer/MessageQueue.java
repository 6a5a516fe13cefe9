package io.github.cloudmapgraph.consumer;

import io.github.cloudmapgraph.log.Log;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;

/** The queue that the messages come from. */
final class MessageQueue {
    /** The most that one call takes. */
    private static final int BATCH = 10;

    private final Supplier<SqsClient> sqs;
    private final String url;
    private final Log log;

    MessageQueue(Supplier<SqsClient> sqs, String url, Log log) {
        this.sqs = sqs;
        this.url = url;
        this.log = log;
    }

    /** Hides messages for a while. One for which that fails comes back when its visibility timeout ends. */
    void retryAfter(Map<QueueMessage, Duration> delays) {
        List<ChangeMessageVisibilityBatchRequestEntry> entries = new ArrayList<>();
        delays.forEach((message, delay) -> entries.add(ChangeMessageVisibilityBatchRequestEntry.builder()
                .id(Integer.toString(entries.size()))
                .receiptHandle(message.receiptHandle())
                .visibilityTimeout((int) delay.toSeconds())
                .build()));
        for (int start = 0; start < entries.size(); start += BATCH) {
            change(entries.subList(start, Math.min(start + BATCH, entries.size())));
        }
    }

    private void change(List<ChangeMessageVisibilityBatchRequestEntry> entries) {
        try {
            var answer = sqs.get()
                    .changeMessageVisibilityBatch(change -> change.queueUrl(url).entries(entries));
            if (!answer.failed().isEmpty()) {
                log.warn(
                        "messages come back only after the queue's visibility timeout",
                        "messages",
                        answer.failed().size(),
                        "reason",
                        answer.failed().getFirst().code() + ": "
                                + answer.failed().getFirst().message());
            }
        } catch (SdkException e) {
            log.error("messages come back only after the queue's visibility timeout", e, "messages", entries.size());
        }
    }
}
