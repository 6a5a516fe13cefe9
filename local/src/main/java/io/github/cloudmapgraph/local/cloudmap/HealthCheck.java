package io.github.cloudmapgraph.local.cloudmap;

import org.jspecify.annotations.Nullable;

/** A Route 53 health check's settings; the path is null for TCP. */
record HealthCheck(String type, @Nullable String resourcePath, int failureThreshold) {}
