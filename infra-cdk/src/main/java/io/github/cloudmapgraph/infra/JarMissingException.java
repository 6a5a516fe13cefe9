package io.github.cloudmapgraph.infra;

import java.io.Serial;

/** A function's jar is not there, or is not the only one. */
final class JarMissingException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    JarMissingException(String message) {
        super(message);
    }
}
