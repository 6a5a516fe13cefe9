/** What one complete read of Cloud Map found: namespaces, their services, their instances. */
@NullMarked
package io.github.cloudmapgraph.snapshot;

import org.jspecify.annotations.NullMarked;
