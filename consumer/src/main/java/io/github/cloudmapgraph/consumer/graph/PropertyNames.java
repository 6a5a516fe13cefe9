package io.github.cloudmapgraph.consumer.graph;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Puts attributes and tags of Cloud Map beside the properties that the sync owns, each under a name of its own.
 *
 * <p>A name that is taken, or that begins with the prefix, gets the prefix; so two names never become one. What Neo4j
 * cannot hold as a property's name is escaped: the empty name, and NUL.
 */
final class PropertyNames {
    private static final String ATTRIBUTE = "attribute_";
    private static final String TAG = "tag_";

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

    /** The names, as Cloud Map has them, that had to be escaped. */
    Set<String> escaped() {
        return escaped;
    }

    private void add(Map<String, String> values, String prefix) {
        new TreeMap<>(values).forEach((key, value) -> {
            String name = free(key) ? key : prefix + key;
            if (name.indexOf('\0') >= 0) {
                name = name.replace("\0", "\\u0000");
                escaped.add(key.replace("\0", "\\u0000"));
            }
            if (key.isEmpty()) {
                escaped.add(name);
            }
            properties.put(name, value);
            added.add(name);
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
