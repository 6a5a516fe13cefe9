/**
 * What the synthesized template makes happen. {@code *IT} are the tests that need what the build packages: the
 * functions' jars, and the app as a process of its own.
 */
@NullMarked
package io.github.cloudmapgraph.infra;

import org.jspecify.annotations.NullMarked;
