package io.github.cloudmapgraph.infra.options;

import java.io.Serial;
import java.util.List;

/** The options are not as they have to be; the message lists every problem by the option's name. */
public final class OptionsException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    OptionsException(List<String> problems) {
        super("Options (-c name=value, or \"context\" in cdk.json):\n  " + String.join("\n  ", problems));
    }
}
