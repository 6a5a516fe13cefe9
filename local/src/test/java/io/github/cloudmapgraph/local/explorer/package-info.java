/** The explorer in a real browser, on graphs that the real flow made. */
@NullMarked
package io.github.cloudmapgraph.local.explorer;

import org.jspecify.annotations.NullMarked;
