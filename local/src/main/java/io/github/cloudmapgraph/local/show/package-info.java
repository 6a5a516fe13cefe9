/** What the graph holds, for people to read and for programs. */
@NullMarked
package io.github.cloudmapgraph.local.show;

import org.jspecify.annotations.NullMarked;
