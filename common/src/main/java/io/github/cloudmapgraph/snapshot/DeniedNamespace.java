package io.github.cloudmapgraph.snapshot;

/**
 * A namespace of another account that could not be read: its part of the graph stays as it is.
 *
 * @param reason which call was denied
 */
public record DeniedNamespace(String arn, String name, String reason) {}
