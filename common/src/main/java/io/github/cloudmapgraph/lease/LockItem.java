package io.github.cloudmapgraph.lease;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** One item of the lock table as it was read; what is not there is 0 or empty. */
record LockItem(Map<String, AttributeValue> attributes) {
    String owner() {
        return text("owner");
    }

    Instant expiresAt() {
        return Instant.ofEpochMilli(number("expires_at"));
    }

    boolean heldAt(Instant now) {
        return !owner().isEmpty() && expiresAt().isAfter(now);
    }

    long number(String attribute) {
        AttributeValue value = attributes.get(attribute);
        return value == null ? 0 : Long.parseLong(value.n());
    }

    Optional<Instant> time(String attribute) {
        return attributes.containsKey(attribute)
                ? Optional.of(Instant.ofEpochMilli(number(attribute)))
                : Optional.empty();
    }

    String text(String attribute) {
        AttributeValue value = attributes.get(attribute);
        return value == null ? "" : value.s();
    }

    int size(String attribute) {
        AttributeValue value = attributes.get(attribute);
        return value == null ? 0 : value.ss().size();
    }

    boolean contains(String attribute, String element) {
        AttributeValue value = attributes.get(attribute);
        return value != null && value.ss().contains(element);
    }

    Map<String, Integer> counts(String attribute) {
        AttributeValue value = attributes.get(attribute);
        return value == null
                ? Map.of()
                : value.m().entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey,
                                count -> Integer.parseInt(count.getValue().n())));
    }
}
