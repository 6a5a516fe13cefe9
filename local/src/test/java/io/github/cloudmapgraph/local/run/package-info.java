/** Tests of the local run: its command line, and what it leaves behind. */
@NullMarked
package io.github.cloudmapgraph.local.run;

import org.jspecify.annotations.NullMarked;
