/** The producer: a Lambda function that reads the whole registry and sends it to the queue as one snapshot. */
@NullMarked
package io.github.cloudmapgraph.producer;

import org.jspecify.annotations.NullMarked;
