/** The two leases in the lock table: one update of a scope's graph at a time, one read of its registry at a time. */
@NullMarked
package io.github.cloudmapgraph.lease;

import org.jspecify.annotations.NullMarked;
