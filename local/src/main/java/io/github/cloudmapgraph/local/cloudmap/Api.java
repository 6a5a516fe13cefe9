package io.github.cloudmapgraph.local.cloudmap;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Every operation of the API by its name. */
final class Api {
    /** One operation; a change is told to the outside. */
    record Call(boolean changes, Function<Request, ObjectNode> run) {}

    private final Map<String, Call> calls = new HashMap<>();

    Api(Registry registry) {
        var namespaces = new NamespaceCalls(registry);
        change("CreateHttpNamespace", namespaces::createHttp);
        change("CreatePrivateDnsNamespace", namespaces::createPrivateDns);
        change("CreatePublicDnsNamespace", namespaces::createPublicDns);
        read("GetNamespace", namespaces::get);
        read("ListNamespaces", namespaces::list);
        change("UpdateHttpNamespace", namespaces::updateHttp);
        change("UpdatePrivateDnsNamespace", namespaces::updatePrivateDns);
        change("UpdatePublicDnsNamespace", namespaces::updatePublicDns);
        change("DeleteNamespace", namespaces::delete);

        var services = new ServiceCalls(registry);
        change("CreateService", services::create);
        read("GetService", services::get);
        read("ListServices", services::list);
        change("UpdateService", services::update);
        change("DeleteService", services::delete);

        var attributes = new ServiceAttributeCalls(registry);
        read("GetServiceAttributes", attributes::get);
        change("UpdateServiceAttributes", attributes::update);
        change("DeleteServiceAttributes", attributes::delete);

        var instances = new InstanceCalls(registry);
        change("RegisterInstance", instances::register);
        change("DeregisterInstance", instances::deregister);
        read("GetInstance", instances::get);
        read("ListInstances", instances::list);

        var health = new HealthCalls(registry);
        read("GetInstancesHealthStatus", health::get);
        change("UpdateInstanceCustomHealthStatus", health::update);

        var discovery = new DiscoveryCalls(registry);
        read("DiscoverInstances", discovery::discover);
        read("DiscoverInstancesRevision", discovery::revision);

        var operations = new OperationCalls(registry);
        read("GetOperation", operations::get);
        read("ListOperations", operations::list);

        var tags = new TagCalls(registry);
        read("ListTagsForResource", tags::list);
        change("TagResource", tags::tag);
        change("UntagResource", tags::untag);
    }

    Optional<Call> call(String operation) {
        return Optional.ofNullable(calls.get(operation));
    }

    private void read(String operation, Function<Request, ObjectNode> run) {
        calls.put(operation, new Call(false, run));
    }

    private void change(String operation, Function<Request, ObjectNode> run) {
        calls.put(operation, new Call(true, run));
    }
}
