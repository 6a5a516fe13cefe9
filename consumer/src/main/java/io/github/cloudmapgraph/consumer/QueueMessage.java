package io.github.cloudmapgraph.consumer;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One message of the queue as Lambda hands it over.
 *
 * @param receives how often it was received, this time included
 * @param sentAt when the queue took it; empty where SQS does not tell
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html">SQS events</a>
 */
record QueueMessage(String id, String receiptHandle, String body, int receives, Optional<Instant> sentAt) {
    /**
     * Reads the messages of an event.
     *
     * @throws IllegalArgumentException if it is no SQS event
     */
    static List<QueueMessage> of(List<?> records) {
        List<QueueMessage> messages = new ArrayList<>();
        for (Object element : records) {
            if (!(element instanceof Map<?, ?> entry) || !"aws:sqs".equals(entry.get("eventSource"))) {
                throw new IllegalArgumentException(
                        "a record is not a message of SQS: its eventSource has to be aws:sqs");
            }
            messages.add(new QueueMessage(
                    text(entry, "messageId"),
                    text(entry, "receiptHandle"),
                    text(entry, "body"),
                    receives(entry),
                    sentAt(entry)));
        }
        return messages;
    }

    int bodyBytes() {
        return body.getBytes(StandardCharsets.UTF_8).length;
    }

    private static String text(Map<?, ?> entry, String field) {
        if (entry.get(field) instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException("a message of SQS has no " + field);
    }

    private static int receives(Map<?, ?> entry) {
        Object count = attribute(entry, "ApproximateReceiveCount");
        try {
            return count == null ? 1 : Math.max(1, Integer.parseInt(count.toString()));
        } catch (NumberFormatException e) {
            // Without the cause: its message quotes the text.
            throw new IllegalArgumentException("ApproximateReceiveCount is not a whole number");
        }
    }

    /** Only measured by: a message without it is as good as any. */
    private static Optional<Instant> sentAt(Map<?, ?> entry) {
        Object millis = attribute(entry, "SentTimestamp");
        try {
            return millis == null
                    ? Optional.empty()
                    : Optional.of(Instant.ofEpochMilli(Long.parseLong(millis.toString())));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static @Nullable Object attribute(Map<?, ?> entry, String name) {
        return entry.get("attributes") instanceof Map<?, ?> attributes ? attributes.get(name) : null;
    }
}
