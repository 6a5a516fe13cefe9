package io.github.cloudmapgraph.producer.trigger;

import io.github.cloudmapgraph.snapshot.Orders;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Why the function runs. Whatever it is, the answer is a read of the whole registry. */
public sealed interface Trigger {
    /** What the function takes. */
    String ACCEPTED = "accepted: an event of EventBridge, or {} with the options " + ManualTrigger.ALLOWED;

    /**
     * A call changed Cloud Map, as CloudTrail tells.
     *
     * @param operation the API operation, for example {@code RegisterInstance}
     * @param operationId what Cloud Map works off in the background; empty where the change is complete
     * @param service the id or ARN of the service that changed; empty where the call names none
     */
    record CloudMapChange(Instant at, String operation, Optional<String> operationId, Optional<String> service)
            implements Trigger {
        @Override
        public Optional<Instant> changedAt() {
            return Optional.of(at);
        }
    }

    /** A task of ECS started or stopped, and may have been registered or deregistered with it. */
    record EcsTaskChange(Instant at) implements Trigger {
        @Override
        public Optional<Instant> changedAt() {
            return Optional.of(at);
        }
    }

    /** The schedule, which heals whatever no event told of. */
    record Schedule() implements Trigger {}

    /** A person, or a schedule with a constant payload. */
    record Manual(Orders orders) implements Trigger {}

    /** A person asks whether the function can use what it needs. */
    record Check() implements Trigger {}

    /**
     * An event about a call that changed nothing: it only reads, or it was refused. Without this, a rule that lets
     * events about reads through would have each snapshot's own reads cause the next.
     */
    record NoChange(String reason) implements Trigger {}

    /** Returns what the snapshot is to carry. */
    default Orders orders() {
        return this instanceof Manual(Orders orders) ? orders : Orders.NONE;
    }

    /** Returns when the change happened, where that is known. */
    default Optional<Instant> changedAt() {
        return Optional.empty();
    }

    /**
     * Recognises what the function was invoked with.
     *
     * @param input the payload as parsed JSON; null stands for none
     * @throws IllegalArgumentException if it is none of these; the message says what is accepted
     */
    static Trigger of(@Nullable Map<String, ?> input) {
        if (input == null) {
            return new Manual(Orders.NONE);
        }
        return input.containsKey("source") || input.containsKey("detail-type")
                ? EventTrigger.of(input)
                : ManualTrigger.of(input);
    }
}
