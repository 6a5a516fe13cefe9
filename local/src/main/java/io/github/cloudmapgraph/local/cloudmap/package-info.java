/** A Cloud Map endpoint: the service's wire protocol, rules and quotas over a registry in memory. */
@NullMarked
package io.github.cloudmapgraph.local.cloudmap;

import org.jspecify.annotations.NullMarked;
