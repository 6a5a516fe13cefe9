/** Fault testing: seeded schedules of injected faults on real servers, a recorded history, and a checker of it. */
@NullMarked
package io.github.cloudmapgraph.local.faults;

import org.jspecify.annotations.NullMarked;
