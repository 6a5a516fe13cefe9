/** Tests of what the function is invoked with. */
@NullMarked
package io.github.cloudmapgraph.producer.trigger;

import org.jspecify.annotations.NullMarked;
