/** Tests of the producer against the real wire protocol. */
@NullMarked
package io.github.cloudmapgraph.local.producer;

import org.jspecify.annotations.NullMarked;
