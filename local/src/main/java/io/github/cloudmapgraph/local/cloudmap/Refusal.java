package io.github.cloudmapgraph.local.cloudmap;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** An error that the service answers with: its type, status and the members of its shape. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;
    private final ObjectNode body;

    Refusal(int status, String type, String message) {
        super(message, null, false, false);
        this.status = status;
        // The protocol's name is `message`, the model's is `Message`; some SDKs read only the one, some only the other.
        body = JsonNodeFactory.instance
                .objectNode()
                .put("__type", type)
                .put("message", message)
                .put("Message", message);
    }

    static Refusal of(String type, String message) {
        return new Refusal(400, type, message);
    }

    static Refusal invalid(String message) {
        return of("InvalidInput", message);
    }

    static Refusal accessDenied(String message) {
        return of("AccessDeniedException", message);
    }

    static Refusal duplicate(Operation running) {
        return of(
                        "DuplicateRequest",
                        "Another operation of type %s and id %s is in progress".formatted(running.type(), running.id()))
                .with("DuplicateOperationId", running.id());
    }

    Refusal with(String member, String value) {
        body.put(member, value);
        return this;
    }

    int status() {
        return status;
    }

    String type() {
        return body.path("__type").asText();
    }

    ObjectNode body() {
        return body;
    }
}
