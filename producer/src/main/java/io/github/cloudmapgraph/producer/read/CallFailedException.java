package io.github.cloudmapgraph.producer.read;

import java.io.Serial;

/** A call to Cloud Map failed for good; the message names it and the way out. */
public final class CallFailedException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** What became of the call. */
    enum Kind {
        /** What it asked for is not there any more. */
        GONE,
        /** An instance is not there any more; its service may well be. */
        INSTANCE_GONE,
        DENIED,
        /** The endpoint, which is not AWS's, does not know the operation. */
        NOT_IMPLEMENTED,
        OTHER
    }

    private final Kind kind;

    CallFailedException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    Kind kind() {
        return kind;
    }
}
