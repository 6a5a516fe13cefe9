package io.github.cloudmapgraph.local.run;

import java.io.Serial;

/** What the person who started the run can mend; its message is shown as it is. */
final class UserException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    UserException(String message) {
        super(message);
    }
}
