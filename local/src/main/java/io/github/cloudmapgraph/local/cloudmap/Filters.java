package io.github.cloudmapgraph.local.cloudmap;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Reads the {@code Filters} of a list call; an item must pass all of them. */
final class Filters {
    /** One filter: its condition is EQ where none was given. */
    record Filter(String name, String condition, List<String> values) {
        String value() {
            return values.getFirst();
        }

        boolean matches(String actual) {
            return condition.equals("BEGINS_WITH") ? actual.startsWith(value()) : values.contains(actual);
        }

        /** Tells whether an owner is meant by SELF or OTHER_ACCOUNTS. */
        boolean matchesOwner(boolean isOwn) {
            return switch (value()) {
                case "SELF" -> isOwn;
                case "OTHER_ACCOUNTS" -> !isOwn;
                default ->
                    throw Refusal.invalid("RESOURCE_OWNER must be SELF or OTHER_ACCOUNTS, not '" + value() + "'");
            };
        }
    }

    private Filters() {}

    /** Reads the filters, given the conditions that each name allows. */
    static List<Filter> read(Request request, Map<String, List<String>> conditionsByName) {
        return request.children("Filters").stream()
                .map(filter -> read(filter, request, conditionsByName))
                .toList();
    }

    /** Names a list with its filters, which a token belongs to. */
    static String describe(String list, List<Filter> filters) {
        return list + filters;
    }

    static <T> Predicate<T> all(List<Predicate<T>> filters) {
        return item -> filters.stream().allMatch(filter -> filter.test(item));
    }

    private static Filter read(Request filter, Request request, Map<String, List<String>> conditionsByName) {
        String name = filter.choice("Name", conditionsByName.keySet());
        String condition = filter.has("Condition")
                ? filter.choice("Condition", conditionsByName.getOrDefault(name, List.of()))
                : "EQ";
        filter.required("Values");
        List<String> values = filter.texts("Values", Rule.FILTER_VALUE);
        int wanted = switch (condition) {
            case "IN" -> Math.max(1, values.size());
            case "BETWEEN" -> 2;
            default -> 1;
        };
        if (values.size() != wanted) {
            throw Refusal.invalid("%s: the condition %s takes %d value(s) for %s, not %d"
                    .formatted(request.at("Filters"), condition, wanted, name, values.size()));
        }
        return new Filter(name, condition, values);
    }
}
