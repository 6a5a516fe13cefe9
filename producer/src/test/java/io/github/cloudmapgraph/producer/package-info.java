/** Tests of the producer. */
@NullMarked
package io.github.cloudmapgraph.producer;

import org.jspecify.annotations.NullMarked;
