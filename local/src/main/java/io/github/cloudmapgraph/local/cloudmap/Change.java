package io.github.cloudmapgraph.local.cloudmap;

/** One change of the registry's content. */
sealed interface Change {
    /** The namespace is now this. */
    record PutNamespace(Namespace namespace) implements Change {}

    /** The namespace is gone. */
    record RemoveNamespace(String id) implements Change {}

    /** The service is now this. */
    record PutService(Service service) implements Change {}

    /** The service is gone. */
    record RemoveService(String id) implements Change {}

    /** The instance is now this. */
    record PutInstance(String serviceId, Instance instance) implements Change {}

    /** The instance is gone. */
    record RemoveInstance(String serviceId, String instanceId) implements Change {}
}
