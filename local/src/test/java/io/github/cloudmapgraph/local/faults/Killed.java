package io.github.cloudmapgraph.local.faults;

/** The end of an execution environment. An error, so that no code under test catches it and goes on. */
final class Killed extends Error {
    private static final long serialVersionUID = 1;

    Killed(String environment) {
        super(environment + " was killed", null, false, false);
    }
}
