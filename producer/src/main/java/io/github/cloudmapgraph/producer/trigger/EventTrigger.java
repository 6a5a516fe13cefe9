package io.github.cloudmapgraph.producer.trigger;

import io.github.cloudmapgraph.json.Payload;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Recognises an EventBridge event.
 *
 * @see <a href="https://docs.aws.amazon.com/eventbridge/latest/ref/events-ref-servicediscovery.html">Cloud Map
 *     events</a>
 * @see <a href="https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_task_events.html">ECS task state change
 *     events</a>
 */
final class EventTrigger {
    private static final String ACCEPTED = "; accepted: aws.servicediscovery with 'AWS API Call via CloudTrail',"
            + " aws.ecs with 'ECS Task State Change', aws.events or aws.scheduler with 'Scheduled Event',"
            + " or a manual payload such as {}";

    private EventTrigger() {}

    static Trigger of(Map<String, ?> event) {
        String source = text(event, "source").orElse("");
        String type = text(event, "detail-type").orElse("");
        return switch (source + " / " + type) {
            case "aws.servicediscovery / AWS API Call via CloudTrail" -> apiCall(event, object(event, "detail"));
            case "aws.ecs / ECS Task State Change" -> new Trigger.EcsTaskChange(time(event));
            // The first is a rule's, the second EventBridge Scheduler's.
            case "aws.events / Scheduled Event", "aws.scheduler / Scheduled Event" -> new Trigger.Schedule();
            default ->
                throw new IllegalArgumentException("unknown event: its source is " + Payload.name(source)
                        + ", and its detail-type has " + type.length() + " characters" + ACCEPTED);
        };
    }

    private static Trigger apiCall(Map<String, ?> event, Map<String, ?> call) {
        String operation = text(call, "eventName")
                .orElseThrow(() -> new IllegalArgumentException("the CloudTrail event has no detail.eventName"));
        if (Boolean.TRUE.equals(call.get("readOnly"))) {
            return new Trigger.NoChange(Payload.name(operation) + " only reads");
        }
        Optional<String> error = text(call, "errorCode");
        if (error.isPresent()) {
            return new Trigger.NoChange(Payload.name(operation) + " was refused (" + Payload.name(error.get()) + ")");
        }
        return new Trigger.CloudMapChange(
                text(call, "eventTime").map(EventTrigger::instant).orElseGet(() -> time(event)),
                operation,
                text(object(call, "responseElements"), "operationId"),
                text(object(call, "requestParameters"), "serviceId"));
    }

    private static Instant time(Map<String, ?> event) {
        return text(event, "time")
                .map(EventTrigger::instant)
                .orElseThrow(() -> new IllegalArgumentException("the event has no time"));
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            // Without the cause: its message quotes the event.
            throw new IllegalArgumentException("the event's time is not of the form 2026-11-20T14:00:00Z");
        }
    }

    private static Optional<String> text(Map<String, ?> object, String field) {
        return object.get(field) instanceof String text && !text.isEmpty() ? Optional.of(text) : Optional.empty();
    }

    /** CloudTrail writes null where a call has no parameters or no answer. */
    private static Map<String, ?> object(Map<String, ?> object, String field) {
        @Nullable Object value = object.get(field);
        if (value instanceof Map<?, ?> map) {
            @SuppressWarnings("unchecked") // The keys of a JSON object are texts.
            var fields = (Map<String, ?>) map;
            return fields;
        }
        return Map.of();
    }
}
