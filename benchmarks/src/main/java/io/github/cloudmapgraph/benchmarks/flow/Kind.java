package io.github.cloudmapgraph.benchmarks.flow;

/** The kinds of change, with the call that makes them. */
enum Kind {
    HEALTH("UpdateInstanceCustomHealthStatus", false),
    SERVICE_ATTRIBUTES("UpdateServiceAttributes", false),
    CHANGED("RegisterInstance, of an instance that is there", true),
    ADDED("RegisterInstance, of a new one", true),
    REMOVED("DeregisterInstance", true);

    private final String call;
    private final boolean asynchronous;

    Kind(String call, boolean asynchronous) {
        this.call = call;
        this.asynchronous = asynchronous;
    }

    String call() {
        return call;
    }

    /** Whether Cloud Map answers with an operation, whose effect comes later. */
    boolean isAsynchronous() {
        return asynchronous;
    }
}
