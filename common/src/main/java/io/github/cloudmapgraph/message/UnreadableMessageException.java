package io.github.cloudmapgraph.message;

import java.io.Serial;

/** A message that no later attempt can read; its text says why, and is safe to log: it holds nothing of the payload. */
public final class UnreadableMessageException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    UnreadableMessageException(String reason) {
        super(reason);
    }

    UnreadableMessageException(String reason, Throwable cause) {
        super(reason, cause);
    }
}
