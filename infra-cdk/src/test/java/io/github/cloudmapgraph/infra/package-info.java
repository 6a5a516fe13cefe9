/** What the synthesized template makes happen. */
@NullMarked
package io.github.cloudmapgraph.infra;

import org.jspecify.annotations.NullMarked;
