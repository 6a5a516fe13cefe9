package io.github.cloudmapgraph.consumer.graph;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts attributes and tags of Cloud Map beside the properties that the sync owns, each under a name of its own.
 *
 * <p>A name that is taken, or that begins with the prefix, gets the prefix; so two names never become one. What Neo4j
 * cannot hold as a property's name is escaped: the empty name by its prefix, NUL and half a surrogate pair as <code>
 * &#92;u0000</code> and the like.
 */
final class PropertyNames {
    private static final String ATTRIBUTE = "attribute_";
    private static final String TAG = "tag_";

    private static final Pattern NOT_HELD = Pattern.compile("[\\x00\\x{D800}-\\x{DFFF}]");
    private static final Pattern TO_ESCAPE =
            Pattern.compile("(\\\\*)(" + NOT_HELD.pattern() + "|u0000|ud[89a-f][0-9a-f]{2})");

    private final Map<String, Object> properties;
    private final Set<String> reserved;
    private final Set<String> added = new TreeSet<>();
    private final Set<String> escaped = new TreeSet<>();

    /**
     * Starts with what the sync owns.
     *
     * @param properties is added to
     * @param reserved every name that the sync owns on such a node, whether it is set here or not
     */
    PropertyNames(Map<String, Object> properties, Set<String> reserved) {
        this.properties = properties;
        this.reserved = reserved;
    }

    void addTags(Map<String, String> tags) {
        add(tags, TAG);
    }

    void addAttributes(Map<String, String> attributes) {
        add(attributes, ATTRIBUTE);
    }

    /** The names that were added, in order: what the sync may remove again. */
    Set<String> added() {
        return added;
    }

    /** The names that had to be escaped, as they are now. */
    Set<String> escaped() {
        return escaped;
    }

    private void add(Map<String, String> values, String prefix) {
        new TreeMap<>(values).forEach((key, value) -> {
            String possible = escape(key);
            String name = free(possible) ? possible : prefix + possible;
            if (key.isEmpty() || NOT_HELD.matcher(key).find()) {
                escaped.add(name);
            }
            properties.put(name, value);
            added.add(name);
        });
    }

    /**
     * Backslashes before what is escaped, or looks as if it had been, are doubled: what is escaped has an odd number of
     * them, what looks so an even one, and no two names become one.
     */
    private static String escape(String key) {
        return TO_ESCAPE.matcher(key).replaceAll(found -> {
            String backslashes = found.group(1).repeat(2);
            String rest = found.group(2);
            return Matcher.quoteReplacement(
                    NOT_HELD.matcher(rest).find()
                            ? backslashes + String.format(Locale.ROOT, "\\u%04x", (int) rest.charAt(0))
                            : backslashes + rest);
        });
    }

    private boolean free(String key) {
        return !key.isEmpty()
                && !key.startsWith(ATTRIBUTE)
                && !key.startsWith(TAG)
                && !reserved.contains(key)
                && !properties.containsKey(key);
    }
}
