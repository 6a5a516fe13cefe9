/** What holds for all packages of this module. */
@NullMarked
package io.github.cloudmapgraph;

import org.jspecify.annotations.NullMarked;
