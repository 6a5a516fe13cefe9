/** Tests of the Cloud Map endpoint, through the AWS SDK. */
@NullMarked
package io.github.cloudmapgraph.local.cloudmap;

import org.jspecify.annotations.NullMarked;
