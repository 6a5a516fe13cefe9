/** The answer to {@code {"check": true}}: what a function can reach and use, line by line. */
@NullMarked
package io.github.cloudmapgraph.check;

import org.jspecify.annotations.NullMarked;
