package io.github.cloudmapgraph.local.cloudmap;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** The calls on the tags of namespaces and services. */
record TagCalls(Registry registry) {
    private static final int MAX_PER_CALL = 200;

    ObjectNode list(Request request) {
        Map<String, String> tags = switch (resource(request)) {
            case Change.PutNamespace(Namespace namespace) -> namespace.tags();
            case Change.PutService(Service service) -> service.tags();
            case Change other -> throw new IllegalStateException("Not tagged: " + other);
        };
        ObjectNode answer = Answers.empty();
        answer.set("Tags", Answers.tags(tags));
        return answer;
    }

    ObjectNode tag(Request request) {
        String arn = request.text("ResourceARN", Rule.RESOURCE_ARN);
        request.required("Tags");
        Map<String, String> added = Tags.read(request, arn);
        return change(request, tags -> {
            tags.putAll(added);
            return Tags.check(tags, arn);
        });
    }

    ObjectNode untag(Request request) {
        request.required("TagKeys");
        var keys = request.texts("TagKeys", Rule.length(1, 128));
        if (keys.size() > MAX_PER_CALL) {
            throw Refusal.invalid("TagKeys must hold at most %d keys, not %d".formatted(MAX_PER_CALL, keys.size()));
        }
        return change(request, tags -> {
            keys.forEach(tags::remove);
            return tags;
        });
    }

    private ObjectNode change(Request request, UnaryOperator<Map<String, String>> edit) {
        registry.apply(
                switch (resource(request)) {
                    case Change.PutNamespace(Namespace namespace) ->
                        new Change.PutNamespace(namespace.withTags(edit.apply(new TreeMap<>(namespace.tags()))));
                    case Change.PutService(Service service) ->
                        new Change.PutService(service.withTags(edit.apply(new TreeMap<>(service.tags()))));
                    case Change other -> throw new IllegalStateException("Not tagged: " + other);
                });
        return Answers.empty();
    }

    /** Returns the namespace or service of the request, as the change that would leave it as it is. */
    private Change resource(Request request) {
        String arn = request.text("ResourceARN", Rule.RESOURCE_ARN);
        try {
            if (arn.contains(":namespace/")) {
                return new Change.PutNamespace(registry.namespace(arn));
            }
            if (arn.contains(":service/")) {
                return new Change.PutService(registry.service(arn));
            }
        } catch (Refusal _) {
            // The tag calls have an error of their own for what is not there.
        }
        throw Refusal.of("ResourceNotFoundException", "No namespace or service exists with the ARN " + arn);
    }
}
