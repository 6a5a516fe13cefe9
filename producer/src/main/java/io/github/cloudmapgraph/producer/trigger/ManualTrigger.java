package io.github.cloudmapgraph.producer.trigger;

import io.github.cloudmapgraph.json.Payload;
import io.github.cloudmapgraph.snapshot.Orders;
import java.util.List;
import java.util.Map;

/** Recognises a person's payload. A misspelt option is refused: ignored, it would look as if it had been obeyed. */
final class ManualTrigger {
    private static final String FULL_SYNC = "fullSync";
    private static final String ALLOW_MASS_DELETION = "allowMassDeletion";
    private static final String CHECK = "check";
    private static final List<String> OPTIONS = List.of(FULL_SYNC, ALLOW_MASS_DELETION, CHECK);
    static final String ALLOWED = String.join(", ", OPTIONS) + " (true or false)";

    private ManualTrigger() {}

    static Trigger of(Map<String, ?> input) {
        for (Map.Entry<String, ?> option : input.entrySet()) {
            if (!OPTIONS.contains(option.getKey())) {
                throw new IllegalArgumentException(
                        "unknown option " + Payload.name(option.getKey()) + "; allowed: " + ALLOWED);
            }
            if (!(option.getValue() instanceof Boolean)) {
                throw new IllegalArgumentException(
                        "option '" + option.getKey() + "' is not true or false; allowed: " + ALLOWED);
            }
        }
        if (isSet(input, CHECK)) {
            return new Trigger.Check();
        }
        return new Trigger.Manual(new Orders(isSet(input, FULL_SYNC), isSet(input, ALLOW_MASS_DELETION)));
    }

    private static boolean isSet(Map<String, ?> input, String option) {
        return Boolean.TRUE.equals(input.get(option));
    }
}
