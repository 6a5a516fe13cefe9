/** Tests of reading Cloud Map. */
@NullMarked
package io.github.cloudmapgraph.producer.read;

import org.jspecify.annotations.NullMarked;
