/** How a snapshot travels: the message on the queue, and the stored object that it points to when it is large. */
@NullMarked
package io.github.cloudmapgraph.message;

import org.jspecify.annotations.NullMarked;
