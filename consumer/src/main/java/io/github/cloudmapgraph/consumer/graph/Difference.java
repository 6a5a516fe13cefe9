package io.github.cloudmapgraph.consumer.graph;

import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What has to be set on a node to make the sync's part of it as it should be; people's own properties are not in it.
 *
 * @param set the properties to set; a null removes one
 */
record Difference(Map<String, @Nullable Object> set) {
    /**
     * Compares a node with what it should be.
     *
     * @param stored all properties of the node
     * @param wanted those that the sync writes, without {@code update_id}
     * @param owned the names that are the sync's own: what is not wanted of them goes
     */
    static Difference between(Map<String, Object> stored, Map<String, Object> wanted, Set<String> owned) {
        Map<String, @Nullable Object> set = new TreeMap<>();
        wanted.forEach((name, value) -> {
            if (!value.equals(stored.get(name))) {
                set.put(name, value);
            }
        });
        Set<String> ours = new HashSet<>(owned);
        // What an earlier update wrote of the node's attributes and tags.
        if (stored.get("synced_properties") instanceof Collection<?> names) {
            names.forEach(name -> ours.add(String.valueOf(name)));
        }
        for (String name : stored.keySet()) {
            if (ours.contains(name) && !wanted.containsKey(name) && !name.equals("update_id")) {
                set.put(name, null);
            }
        }
        return new Difference(set);
    }

    boolean none() {
        return set.isEmpty();
    }

    /** Tells whether a person can see it: the digest alone is the sync's own bookkeeping. */
    boolean visible() {
        return set.keySet().stream().anyMatch(name -> !name.equals("digest"));
    }

    /** Returns the properties to set, with the stamp of the update that changed the node. */
    Map<String, @Nullable Object> stamped(String updateId) {
        Map<String, @Nullable Object> stamped = new TreeMap<>(set);
        stamped.put("update_id", updateId);
        return stamped;
    }
}
