/** AWS SDK clients, configured the SDK's standard way. */
@NullMarked
package io.github.cloudmapgraph.aws;

import org.jspecify.annotations.NullMarked;
