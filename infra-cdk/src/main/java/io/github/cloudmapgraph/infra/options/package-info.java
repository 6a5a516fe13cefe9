/** What a deployment may say: read from CDK's context, checked, every problem reported together. */
@NullMarked
package io.github.cloudmapgraph.infra.options;

import org.jspecify.annotations.NullMarked;
