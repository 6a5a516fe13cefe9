package io.github.cloudmapgraph.consumer.graph;

import java.util.List;

/**
 * A dependency whose target is known.
 *
 * @param target the ARN of the service depended on
 * @param sources how it was declared: {@code tag}, {@code attribute}, or both
 */
record Dependency(String target, List<String> sources) {}
