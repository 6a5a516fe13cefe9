/** JSON objects as maps, for the small documents at the edges: payloads, secrets, log lines. */
@NullMarked
package io.github.cloudmapgraph.json;

import org.jspecify.annotations.NullMarked;
