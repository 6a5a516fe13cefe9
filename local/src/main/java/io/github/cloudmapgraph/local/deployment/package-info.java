/** One deployment of the two functions on servers that run already, with what stands between them. */
@NullMarked
package io.github.cloudmapgraph.local.deployment;

import org.jspecify.annotations.NullMarked;
