package io.github.cloudmapgraph.config;

import java.io.Serial;
import java.util.List;

/** The environment variables are not as they have to be; the message lists every problem by the variable's name. */
public final class ConfigurationException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    ConfigurationException(List<String> problems) {
        super("Configuration: " + String.join("; ", problems));
    }
}
