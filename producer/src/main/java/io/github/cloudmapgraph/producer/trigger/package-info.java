/** What the function is invoked with: events, the schedule, or a person's order. */
@NullMarked
package io.github.cloudmapgraph.producer.trigger;

import org.jspecify.annotations.NullMarked;
