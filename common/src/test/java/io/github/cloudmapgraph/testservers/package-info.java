/** The real servers that the tests of this module run against. */
@NullMarked
package io.github.cloudmapgraph.testservers;

import org.jspecify.annotations.NullMarked;
