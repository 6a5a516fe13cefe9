/** Functions that go on from a snapshot of their memory, run by Lambda's own runtime client. */
@NullMarked
package io.github.cloudmapgraph.local.snapstart;

import org.jspecify.annotations.NullMarked;
