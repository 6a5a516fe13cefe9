package io.github.cloudmapgraph.consumer;

import io.github.cloudmapgraph.log.Log;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/** Where a message goes that cannot be applied, as it came, with the reason. */
final class DeadLetterQueue {
    static final String REASON = "reason";
    static final String ORIGINAL_MESSAGE_ID = "original_message_id";

    /**
     * What SQS takes, the body and the attributes' names, types and values together.
     *
     * @see <a href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html">
     *     Message quotas</a>
     */
    private static final int MOST_BYTES = 1_048_576;

    private static final int MOST_REASON_CHARACTERS = 1_000;
    private static final String STRING = "String";

    private final Supplier<SqsClient> sqs;
    private final String url;
    private final Log log;

    DeadLetterQueue(Supplier<SqsClient> sqs, String url, Log log) {
        this.sqs = sqs;
        this.url = url;
        this.log = log;
    }

    /** Puts a message aside. It may be acknowledged only if that is the verdict. */
    Verdict take(QueueMessage message, String reason) {
        String text = attributeText(reason);
        if (message.bodyBytes() + attributeBytes(REASON, text) + attributeBytes(ORIGINAL_MESSAGE_ID, message.id())
                > MOST_BYTES) {
            return new Verdict.Stays(new Obstacle.Redrive(
                    reason + "; too large for the dead-letter queue with its reason, so the queue's redrive moves it"));
        }
        try {
            sqs.get()
                    .sendMessage(send -> send.queueUrl(url)
                            .messageBody(message.body())
                            .messageAttributes(
                                    Map.of(REASON, attribute(text), ORIGINAL_MESSAGE_ID, attribute(message.id()))));
            return new Verdict.Ended(new Outcome.DeadLettered(reason));
        } catch (SdkException e) {
            log.error("the dead-letter queue does not take a message", e, "message_id", message.id());
            return new Verdict.Stays(new Obstacle.Outage(reason + "; the dead-letter queue does not take it"));
        }
    }

    private static MessageAttributeValue attribute(String value) {
        return MessageAttributeValue.builder()
                .dataType(STRING)
                .stringValue(value)
                .build();
    }

    private static int attributeBytes(String name, String value) {
        return name.length() + STRING.length() + value.getBytes(StandardCharsets.UTF_8).length;
    }

    /** SQS refuses control characters and an empty value. */
    private static String attributeText(String reason) {
        String text = reason.replaceAll("[^\\x20-\\uD7FF\\uE000-\\uFFFD]", "?");
        return text.isEmpty() ? "?" : text.substring(0, Math.min(text.length(), MOST_REASON_CHARACTERS));
    }
}
