/** Configuration: environment variables, read once at the edge, every problem reported together. */
@NullMarked
package io.github.cloudmapgraph.config;

import org.jspecify.annotations.NullMarked;
