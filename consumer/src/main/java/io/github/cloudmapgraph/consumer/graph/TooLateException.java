package io.github.cloudmapgraph.consumer.graph;

import java.io.Serial;

/** No time is left for another attempt. */
public final class TooLateException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    TooLateException() {
        super("Neo4j did not take the update in the time that there was");
    }
}
