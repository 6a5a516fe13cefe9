/** Tests of the check. */
@NullMarked
package io.github.cloudmapgraph.producer.check;

import org.jspecify.annotations.NullMarked;
