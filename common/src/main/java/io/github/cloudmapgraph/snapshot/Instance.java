package io.github.cloudmapgraph.snapshot;

import java.util.Map;

/**
 * One registered instance.
 *
 * @param id its id, unique within its service
 * @param attributes its Cloud Map attributes, at most 30
 */
public record Instance(String id, Health health, Map<String, String> attributes) {
    public Instance {
        attributes = Map.copyOf(attributes);
    }
}
