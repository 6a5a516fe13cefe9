/** The CDK app: one stack that deploys the whole system. */
@NullMarked
package io.github.cloudmapgraph.infra;

import org.jspecify.annotations.NullMarked;
