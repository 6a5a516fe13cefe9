package io.github.cloudmapgraph.local.cloudmap;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An instance.
 *
 * @param operationId the operation that registered it; none when it came from a file
 */
record Instance(
        String id,
        Map<String, String> attributes,
        Health health,
        String creatorRequestId,
        String createdBy,
        @Nullable String operationId) {
    enum Health {
        HEALTHY,
        UNHEALTHY,
        UNKNOWN
    }

    Instance {
        attributes = new TreeMap<>(attributes);
    }

    boolean matches(Map<String, String> wanted) {
        return attributes.entrySet().containsAll(wanted.entrySet());
    }

    Instance with(Health newHealth) {
        return new Instance(id, attributes, newHealth, creatorRequestId, createdBy, operationId);
    }
}
