package io.github.cloudmapgraph.failure;

import java.io.Serial;

/** Stands for a failure whose text, or a cause's, must not be told; it has the stack of that one. */
public final class InvocationFailedException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    InvocationFailedException(String message) {
        super(message);
    }
}
