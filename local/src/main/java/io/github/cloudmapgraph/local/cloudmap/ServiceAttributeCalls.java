package io.github.cloudmapgraph.local.cloudmap;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.TreeMap;

/** The calls on the attributes of services themselves. */
record ServiceAttributeCalls(Registry registry) {
    private static final int MAX = 30;

    ObjectNode get(Request request) {
        Service service = service(request);
        ObjectNode answer = Answers.empty();
        ObjectNode attributes = answer.putObject("ServiceAttributes")
                .put("ServiceArn", service.arn())
                .put("ResourceOwner", registry.namespaceOf(service).owner());
        attributes.set("Attributes", Answers.texts(service.attributes()));
        return answer;
    }

    ObjectNode update(Request request) {
        Service service = service(request);
        request.required("Attributes");
        Map<String, String> given = request.map("Attributes", Rule.SERVICE_ATTRIBUTE_KEY, Rule.SERVICE_ATTRIBUTE_VALUE);
        if (given.isEmpty()) {
            throw Refusal.invalid("Attributes must hold at least one attribute");
        }
        Map<String, String> attributes = new TreeMap<>(service.attributes());
        attributes.putAll(given);
        registry.apply(new Change.PutService(service.withAttributes(check(attributes, service.name()))));
        return Answers.empty();
    }

    ObjectNode delete(Request request) {
        Service service = service(request);
        request.required("Attributes");
        var keys = request.texts("Attributes", Rule.SERVICE_ATTRIBUTE_KEY);
        if (keys.isEmpty() || keys.size() > MAX) {
            throw Refusal.invalid("Attributes must hold 1 to %d keys, not %d".formatted(MAX, keys.size()));
        }
        Map<String, String> attributes = new TreeMap<>(service.attributes());
        keys.forEach(attributes::remove);
        registry.apply(new Change.PutService(service.withAttributes(attributes)));
        return Answers.empty();
    }

    static Map<String, String> check(Map<String, String> attributes, String serviceName) {
        if (attributes.size() > MAX) {
            throw Refusal.of(
                    "ServiceAttributesLimitExceededException",
                    "The service %s would have %d attributes; at most %d are allowed"
                            .formatted(serviceName, attributes.size(), MAX));
        }
        return attributes;
    }

    private Service service(Request request) {
        return registry.service(request.text("ServiceId", Rule.ARN));
    }
}
