package io.github.cloudmapgraph.local.cloudmap;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The rules for tags. */
final class Tags {
    private static final int MAX = 50;

    private Tags() {}

    /** Reads the list of tags of a request. */
    static Map<String, String> read(Request request, String resourceName) {
        Map<String, String> tags = new TreeMap<>();
        for (Request tag : request.children("Tags")) {
            String key = tag.text("Key", Rule.TAG_KEY);
            if (tags.put(key, tag.text("Value", Rule.TAG_VALUE)) != null) {
                throw Refusal.invalid("Duplicate tag key: '" + key + "'");
            }
        }
        return check(tags, resourceName);
    }

    static Map<String, String> check(Map<String, String> tags, String resourceName) {
        for (String key : tags.keySet()) {
            if (key.toLowerCase(Locale.ROOT).startsWith("aws:")) {
                throw Refusal.invalid("Tag keys that begin with 'aws:' are reserved: '" + key + "'");
            }
        }
        if (tags.size() > MAX) {
            throw Refusal.of(
                            "TooManyTagsException",
                            "%s would have %d tags; at most %d are allowed".formatted(resourceName, tags.size(), MAX))
                    .with("ResourceName", resourceName);
        }
        return tags;
    }
}
