/** What AWS Lambda does around the two handlers: invocations, retries, the queue's event source mapping. */
@NullMarked
package io.github.cloudmapgraph.local.lambda;

import org.jspecify.annotations.NullMarked;
