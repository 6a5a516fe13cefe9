/**
 * Reads documents, and does what their shell and Cypher blocks say, so that documents and program cannot drift apart.
 */
@NullMarked
package io.github.cloudmapgraph.local.walkthrough;

import org.jspecify.annotations.NullMarked;
