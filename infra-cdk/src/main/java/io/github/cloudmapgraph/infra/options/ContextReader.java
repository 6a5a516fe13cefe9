package io.github.cloudmapgraph.infra.options;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads values of CDK's context and collects what is wrong with them.
 *
 * <p>A value is text where it comes from the command line, and may be a number, a truth value or an array where it
 * stands in cdk.json. A method that finds a problem returns a stand-in; {@link #check()}, called last, then throws.
 *
 * <p>No malformed value is told: what stands where it does not belong may be a secret, and builds keep their output.
 */
final class ContextReader {
    /**
     * A key of this form can only be meant for this app: CDK's own, and those of its lookups, hold other characters.
     */
    private static final Pattern OPTION = Pattern.compile("[A-Za-z0-9_]+");

    private final Map<String, ?> context;
    private final Set<String> known = new LinkedHashSet<>();
    private final List<String> problems = new ArrayList<>();

    ContextReader(Map<String, ?> context) {
        this.context = context;
    }

    /** Returns the text without surrounding space; empty where it is not set. */
    String text(String name) {
        known.add(name);
        Object value = context.get(name);
        return switch (value) {
            case null -> "";
            case Collection<?> list -> list.stream().map(String::valueOf).collect(Collectors.joining(","));
            default -> value.toString().strip();
        };
    }

    /** Returns a text of a form, if it is set. */
    Optional<String> text(String name, Pattern form, String allowed) {
        String text = text(name);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        if (!form.matcher(text).matches()) {
            problem(name, "is " + somethingElse(text) + "; it has to be " + allowed);
            return Optional.empty();
        }
        return Optional.of(text);
    }

    /** Returns the values between commas, each of a form. */
    List<String> list(String name, Pattern form, String allowed) {
        List<String> values = Stream.of(text(name).split(","))
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .distinct()
                .toList();
        for (int i = 0; i < values.size(); i++) {
            if (!form.matcher(values.get(i)).matches()) {
                problem(
                        name,
                        "holds " + somethingElse(values.get(i)) + ", as value " + (i + 1) + "; each has to be "
                                + allowed);
            }
        }
        return values;
    }

    /** Returns what stands as {@code key=value} between commas, sorted by key. */
    Map<String, String> pairs(String name) {
        Map<String, String> pairs = new TreeMap<>();
        int number = 0;
        for (String pair : text(name).split(",", -1)) {
            number++;
            int sign = pair.indexOf('=');
            String key = pair.substring(0, Math.max(sign, 0)).strip();
            if (!key.isEmpty()) {
                if (pairs.put(key, pair.substring(sign + 1).strip()) != null) {
                    problem(name, "holds a key for the second time, as value " + number + "; each may stand once");
                }
            } else if (!pair.isBlank()) {
                problem(
                        name,
                        "holds " + somethingElse(pair) + ", as value " + number
                                + "; each has to be of the form key=value");
            }
        }
        return pairs;
    }

    /** Returns a whole number within bounds. */
    int number(String name, int standard, int least, int most) {
        String text = text(name);
        if (text.isEmpty()) {
            return standard;
        }
        String bounds = "; it has to be a whole number from " + least + " to " + most;
        try {
            var number = new BigInteger(text);
            if (number.compareTo(BigInteger.valueOf(least)) < 0) {
                problem(name, "is too small" + bounds);
            } else if (number.compareTo(BigInteger.valueOf(most)) > 0) {
                problem(name, "is too large" + bounds);
            } else {
                return number.intValueExact();
            }
        } catch (NumberFormatException e) {
            problem(name, "is " + somethingElse(text) + bounds);
        }
        return standard;
    }

    /** Returns one of a few words; the first is the standard one. */
    String oneOf(String name, String... words) {
        String text = text(name);
        if (text.isEmpty() || List.of(words).contains(text)) {
            return text.isEmpty() ? words[0] : text;
        }
        problem(name, "is " + somethingElse(text) + "; it has to be " + String.join(" or ", words));
        return words[0];
    }

    private static String somethingElse(String text) {
        return "something else, of " + text.length() + " characters";
    }

    void problem(String name, String problem) {
        problems.add(name + " " + problem);
    }

    /**
     * Ends the reading: an option that nobody asked for is a misspelt one, and would be ignored silently.
     *
     * @throws OptionsException if anything was wrong, with all of it
     */
    void check() {
        context.keySet().stream()
                .filter(key -> OPTION.matcher(key).matches() && !known.contains(key))
                .sorted()
                .forEach(key -> problem(key, "is not known; there are " + String.join(", ", known)));
        if (!problems.isEmpty()) {
            throw new OptionsException(problems);
        }
    }
}
