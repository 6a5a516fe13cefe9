package io.github.cloudmapgraph.infra;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * As much of EventBridge's matching as the stack's patterns use: exact values, and {@code exists}.
 *
 * @see <a href="https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html">Comparison
 *     operators for use in event patterns</a>
 */
record EventPattern(JsonNode pattern) {
    /** Every field of the pattern has to match; what the pattern does not name does not matter. */
    boolean matches(JsonNode event) {
        return matches(pattern, event);
    }

    private static boolean matches(JsonNode pattern, JsonNode event) {
        return pattern.properties().stream().allMatch(field -> {
            JsonNode value = event.path(field.getKey());
            return field.getValue().isArray() ? anyMatches(field.getValue(), value) : matches(field.getValue(), value);
        });
    }

    /** One of the allowed values is enough, and so is one of the event's where it holds several. */
    private static boolean anyMatches(JsonNode allowed, JsonNode value) {
        for (JsonNode one : allowed) {
            if (one.isObject() ? matchesOperator(one, value) : holds(value, one)) {
                return true;
            }
        }
        return false;
    }

    private static boolean matchesOperator(JsonNode operator, JsonNode value) {
        if (operator.size() != 1 || !operator.path("exists").isBoolean()) {
            throw new AssertionError("an operator that this test does not know: " + operator);
        }
        return operator.get("exists").asBoolean() == !value.isMissingNode();
    }

    private static boolean holds(JsonNode value, JsonNode one) {
        // A number or a truth value is not equal to the text that reads the same.
        return value.isArray() ? Synthesized.elements(value).contains(one) : value.equals(one);
    }
}
