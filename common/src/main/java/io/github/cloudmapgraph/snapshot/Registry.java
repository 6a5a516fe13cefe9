package io.github.cloudmapgraph.snapshot;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Everything that one complete read of Cloud Map found.
 *
 * @param denied the shared namespaces that could not be read
 */
public record Registry(List<Namespace> namespaces, List<DeniedNamespace> denied) {
    public Registry {
        namespaces = List.copyOf(namespaces);
        denied = List.copyOf(denied);
        requireUniqueKeys(namespaces);
    }

    /** The graph's keys have unique constraints: a registry that holds one twice could never be written. */
    private static void requireUniqueKeys(List<Namespace> namespaces) {
        Set<String> arns = new HashSet<>();
        Set<String> instanceIds = new HashSet<>();
        for (Namespace namespace : namespaces) {
            require(arns.add(namespace.arn()), "namespace", namespace.arn());
            for (Service service : namespace.services()) {
                require(arns.add(service.arn()), "service", service.arn());
                instanceIds.clear();
                for (Instance instance : service.instances()) {
                    require(instanceIds.add(instance.id()), "instance of " + service.arn(), instance.id());
                }
            }
        }
    }

    private static void require(boolean unique, String what, String key) {
        if (!unique) {
            throw new IllegalArgumentException("the registry holds the " + what + " '" + key + "' twice");
        }
    }

    public Counts counts() {
        int services = 0;
        int instances = 0;
        for (Namespace namespace : namespaces) {
            services += namespace.services().size();
            for (Service service : namespace.services()) {
                instances += service.instances().size();
            }
        }
        return new Counts(namespaces.size(), services, instances);
    }
}
