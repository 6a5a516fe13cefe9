package io.github.cloudmapgraph.producer.read;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/**
 * Where Cloud Map is called.
 *
 * @param override what the configuration names in place of the region's standard endpoint
 */
record Endpoint(Optional<URI> override) {
    /**
     * Tells whether AWS itself answers: a VPC endpoint may be configured as an override too, and has AWS's rates and
     * all of its operations.
     */
    boolean isAws() {
        return override.map(URI::getHost)
                .map(host -> host.toLowerCase(Locale.ROOT))
                .map(host -> host.endsWith(".amazonaws.com")
                        || host.endsWith(".amazonaws.com.cn")
                        || host.endsWith(".api.aws"))
                .orElse(override.isEmpty());
    }
}
