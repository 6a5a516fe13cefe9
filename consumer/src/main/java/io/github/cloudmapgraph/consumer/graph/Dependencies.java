package io.github.cloudmapgraph.consumer.graph;

import java.util.List;

/**
 * What a service depends on.
 *
 * @param resolved one a target, in the order of the targets' ARNs
 * @param unresolved the targets, as declared, that are not there or not unique, in order
 */
record Dependencies(List<Dependency> resolved, List<String> unresolved) {}
