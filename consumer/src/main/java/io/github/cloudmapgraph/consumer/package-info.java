/**
 * The consumer's function: a batch of messages in, each applied, overtaken, held back, put aside or left in the queue.
 */
@NullMarked
package io.github.cloudmapgraph.consumer;

import org.jspecify.annotations.NullMarked;
