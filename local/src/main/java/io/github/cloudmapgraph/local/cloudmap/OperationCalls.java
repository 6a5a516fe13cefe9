package io.github.cloudmapgraph.local.cloudmap;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** The calls on asynchronous operations. */
record OperationCalls(Registry registry) {
    private static final Map<String, List<String>> FILTERS = Map.of(
            "NAMESPACE_ID", List.of("EQ"),
            "SERVICE_ID", List.of("EQ"),
            "STATUS", List.of("EQ", "IN"),
            "TYPE", List.of("EQ", "IN"),
            "UPDATE_DATE", List.of("BETWEEN"));

    ObjectNode get(Request request) {
        String id = request.text("OperationId", Rule.OPERATION_ID);
        String owner =
                request.textOr("OwnerAccount", Rule.ACCOUNT, registry.options().account());
        Operation operation = registry.operations().get(id);
        if (operation == null || !operation.owner().equals(owner)) {
            throw Refusal.of("OperationNotFound", "No operation exists with the ID " + id);
        }
        long now = registry.now();
        ObjectNode answer = Answers.empty();
        ObjectNode json = answer.putObject("Operation")
                .put("Id", operation.id())
                .put("OwnerAccount", operation.owner())
                .put("Type", operation.type().name())
                .put("Status", operation.status(now));
        Operation.Ended ended = operation.ended();
        if (ended != null && ended.error() != null) {
            json.put("ErrorCode", "INTERNAL_FAILURE").put("ErrorMessage", ended.error());
        }
        json.put("CreateDate", Answers.time(operation.createdAt()))
                .put("UpdateDate", Answers.time(operation.updatedAt(now)));
        json.set("Targets", targets(operation));
        return answer;
    }

    ObjectNode list(Request request) {
        long now = registry.now();
        var filters = Filters.read(request, FILTERS);
        List<Predicate<Operation>> tests = new ArrayList<>();
        for (var filter : filters) {
            tests.add(test(filter, now));
        }
        return Page.of(
                        new TreeMap<>(registry.operations()),
                        Filters.all(tests),
                        request,
                        Filters.describe("operations", filters),
                        registry.options())
                .answer(
                        "Operations",
                        operation -> Answers.empty().put("Id", operation.id()).put("Status", operation.status(now)));
    }

    private static Predicate<Operation> test(Filters.Filter filter, long now) {
        return switch (filter.name()) {
            case "NAMESPACE_ID" -> operation -> filter.value().equals(operation.namespaceId());
            case "SERVICE_ID" -> operation -> filter.value().equals(operation.serviceId());
            case "TYPE" -> operation -> filter.matches(operation.type().name());
            case "STATUS" ->
                operation -> {
                    String status = operation.status(now);
                    // The reference calls it SUCCEED here and SUCCESS everywhere else: both are taken.
                    return filter.matches(status) || (status.equals("SUCCESS") && filter.matches("SUCCEED"));
                };
            default -> {
                double from = seconds(filter.values().getFirst());
                double until = seconds(filter.values().getLast());
                yield operation -> {
                    double updated = operation.updatedAt(now) / 1000.0;
                    return from <= updated && updated <= until;
                };
            }
        };
    }

    private static double seconds(String value) {
        try {
            return Double.parseDouble(value);
        } catch (NumberFormatException _) {
            throw Refusal.invalid("UPDATE_DATE must be two times in seconds since 1970, not '" + value + "'");
        }
    }

    private static ObjectNode targets(Operation operation) {
        ObjectNode targets = Answers.empty();
        if (operation.serviceId() == null) {
            return targets.put("NAMESPACE", operation.namespaceId());
        }
        targets.put("SERVICE", operation.serviceId());
        return operation.instanceId() == null ? targets : targets.put("INSTANCE", operation.instanceId());
    }
}
