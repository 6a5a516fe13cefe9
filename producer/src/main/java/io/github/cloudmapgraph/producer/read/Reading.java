package io.github.cloudmapgraph.producer.read;

import io.github.cloudmapgraph.snapshot.Registry;
import java.util.Map;

/**
 * A complete read.
 *
 * @param apiCalls the requests that went out, retries included, by operation
 */
public record Reading(Registry registry, Map<String, Long> apiCalls) {}
