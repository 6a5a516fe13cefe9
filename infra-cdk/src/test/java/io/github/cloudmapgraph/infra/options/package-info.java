/** What options a deployment takes, and what it is told about those it cannot take. */
@NullMarked
package io.github.cloudmapgraph.infra.options;

import org.jspecify.annotations.NullMarked;
