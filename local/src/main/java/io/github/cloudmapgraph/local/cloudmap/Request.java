package io.github.cloudmapgraph.local.cloudmap;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A structure that is read member by member, each checked; what is wrong is refused by its path.
 *
 * @param path where the structure stands, empty at the top
 * @param spelling how the document spells the members
 */
record Request(JsonNode json, String path, Spelling spelling) {
    /** The API writes {@code DnsRecords}, a file written by hand {@code dnsRecords}. */
    enum Spelling {
        API,
        FILE;

        String of(String member) {
            if (this == API) {
                return member;
            }
            return member.equals(member.toUpperCase(Locale.ROOT))
                    ? member.toLowerCase(Locale.ROOT)
                    : member.substring(0, 1).toLowerCase(Locale.ROOT) + member.substring(1);
        }
    }

    static Request of(JsonNode json) {
        return structure(json, "", Spelling.API);
    }

    static Request structure(JsonNode json, String path, Spelling spelling) {
        if (!json.isObject()) {
            throw wrongType(path, "an object", json);
        }
        return new Request(json, path, spelling);
    }

    boolean has(String member) {
        return json.hasNonNull(spelling.of(member));
    }

    String at(String member) {
        return path.isEmpty() ? spelling.of(member) : path + "." + spelling.of(member);
    }

    String text(String member, Rule rule) {
        return Objects.requireNonNull(optionalText(required(member), rule));
    }

    @Nullable
    String optionalText(String member, Rule rule) {
        return has(member) ? rule.check(asText(value(member), at(member)), at(member)) : null;
    }

    String textOr(String member, Rule rule, String absent) {
        return Objects.requireNonNullElse(optionalText(member, rule), absent);
    }

    String choice(String member, Collection<String> allowed) {
        return Objects.requireNonNull(optionalChoice(required(member), allowed));
    }

    @Nullable
    String optionalChoice(String member, Collection<String> allowed) {
        if (!has(member)) {
            return null;
        }
        String chosen = asText(value(member), at(member));
        if (!allowed.contains(chosen)) {
            throw Rule.refusal(chosen, at(member), "Member must satisfy enum value set: " + allowed);
        }
        return chosen;
    }

    @Nullable
    <E extends Enum<E>> E optionalChoice(String member, Class<E> type) {
        List<String> names =
                Arrays.stream(type.getEnumConstants()).map(Enum::name).toList();
        String chosen = optionalChoice(member, names);
        return chosen == null ? null : Enum.valueOf(type, chosen);
    }

    long number(String member, long min, long max) {
        return Objects.requireNonNull(optionalNumber(required(member), min, max));
    }

    @Nullable
    Long optionalNumber(String member, long min, long max) {
        if (!has(member)) {
            return null;
        }
        JsonNode number = value(member);
        if (!number.isIntegralNumber()) {
            throw wrongType(at(member), "a whole number", number);
        }
        long given = number.longValue();
        if (given < min || given > max) {
            throw Rule.refusal(
                    number.asText(), at(member), "Member must have value between %d and %d".formatted(min, max));
        }
        return given;
    }

    Request child(String member) {
        return Objects.requireNonNull(optionalChild(required(member)));
    }

    @Nullable
    Request optionalChild(String member) {
        return has(member) ? structure(value(member), at(member), spelling) : null;
    }

    List<Request> children(String member) {
        List<Request> children = new ArrayList<>();
        for (JsonNode child : array(member)) {
            children.add(structure(child, "%s[%d]".formatted(at(member), children.size()), spelling));
        }
        return children;
    }

    List<String> texts(String member, Rule rule) {
        List<String> texts = new ArrayList<>();
        for (JsonNode text : array(member)) {
            String path = "%s[%d]".formatted(at(member), texts.size());
            texts.add(rule.check(asText(text, path), path));
        }
        return texts;
    }

    /** Reads a map; one that is absent is empty. */
    SortedMap<String, String> map(String member, Rule keys, Rule values) {
        SortedMap<String, String> map = new TreeMap<>();
        if (!has(member)) {
            return map;
        }
        for (var entry : structure(value(member), at(member), spelling).json().properties()) {
            String path = at(member) + "." + entry.getKey();
            map.put(
                    keys.check(entry.getKey(), at(member) + " key"),
                    values.check(asText(entry.getValue(), path), path));
        }
        return map;
    }

    /** Refuses a document that has members of other names. */
    void onlyHas(String... members) {
        List<String> allowed = Arrays.stream(members).map(spelling::of).toList();
        json.fieldNames().forEachRemaining(name -> {
            if (!allowed.contains(name)) {
                throw Refusal.invalid("%s: '%s' is not known; allowed here: %s"
                        .formatted(path.isEmpty() ? "top level" : path, name, String.join(", ", allowed)));
            }
        });
    }

    String required(String member) {
        if (!has(member)) {
            throw Refusal.invalid(
                    "Value null at '%s' failed to satisfy constraint: Member must not be null".formatted(at(member)));
        }
        return member;
    }

    private JsonNode value(String member) {
        return json.path(spelling.of(member));
    }

    private Iterable<JsonNode> array(String member) {
        if (!has(member)) {
            return List.of();
        }
        JsonNode array = value(member);
        if (!array.isArray()) {
            throw wrongType(at(member), "a list", array);
        }
        return array;
    }

    private static String asText(JsonNode text, String path) {
        if (!text.isTextual()) {
            throw wrongType(path, "a string", text);
        }
        return text.textValue();
    }

    private static Refusal wrongType(String path, String expected, JsonNode found) {
        return Refusal.of(
                "SerializationException",
                "%s must be %s, not %s"
                        .formatted(
                                path.isEmpty() ? "The document" : "'" + path + "'",
                                expected,
                                found.getNodeType().name().toLowerCase(Locale.ROOT)));
    }
}
