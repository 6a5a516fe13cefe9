package io.github.cloudmapgraph.consumer.graph;

import io.github.cloudmapgraph.snapshot.Service;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/** Finds the services that other services' declarations mean. */
final class DependencyResolver {
    /** The tag, and the service attribute, that declares targets; separated by spaces. */
    static final String KEY = "NEO4J_RELATIONSHIP_TO_SERVICE";

    private final Map<String, List<Target>> byName = new HashMap<>();
    private final Set<String> arns = new HashSet<>();

    /** A service that can be depended on. */
    private record Target(String arn, String namespaceArn, String namespaceName) {}

    /** Adds a service that can be depended on by its name. */
    void add(String arn, String name, String namespaceArn, String namespaceName) {
        if (arns.add(arn)) {
            byName.computeIfAbsent(name, key -> new ArrayList<>()).add(new Target(arn, namespaceArn, namespaceName));
        }
    }

    /** Adds a service that can be depended on by its ARN only: it belongs to another scope. */
    void addForeign(String arn) {
        arns.add(arn);
    }

    /** Takes back a service of the snapshot that turned out not to be in the graph. */
    void removeArn(String arn) {
        arns.remove(arn);
    }

    /** The ARNs that a service's declarations name and that no service added so far has. */
    void foreignArns(Service service, Set<String> found) {
        forEachTarget(service, (target, source) -> {
            if (isArn(target) && !arns.contains(target)) {
                found.add(target);
            }
        });
    }

    Dependencies resolve(Service service, String namespaceArn) {
        Map<String, Set<String>> resolved = new TreeMap<>();
        Set<String> unresolved = new TreeSet<>();
        forEachTarget(service, (target, source) -> {
            String arn = find(target, namespaceArn);
            if (arn.isEmpty()) {
                unresolved.add(target);
            } else {
                // "tag" before "attribute", whatever comes first.
                resolved.computeIfAbsent(arn, key -> new TreeSet<>(Comparator.reverseOrder()))
                        .add(source);
            }
        });
        List<Dependency> dependencies = new ArrayList<>();
        resolved.forEach((arn, sources) -> dependencies.add(new Dependency(arn, List.copyOf(sources))));
        return new Dependencies(List.copyOf(dependencies), List.copyOf(unresolved));
    }

    private String find(String target, String namespaceArn) {
        if (isArn(target)) {
            return arns.contains(target) ? target : "";
        }
        int slash = target.lastIndexOf('/');
        List<Target> named = byName.getOrDefault(target.substring(slash + 1), List.of()).stream()
                .filter(candidate -> arns.contains(candidate.arn()))
                .toList();
        if (slash >= 0) {
            String namespaceName = target.substring(0, slash);
            return only(named.stream()
                    .filter(candidate -> candidate.namespaceName().equals(namespaceName))
                    .toList());
        }
        List<Target> near = named.stream()
                .filter(candidate -> candidate.namespaceArn().equals(namespaceArn))
                .toList();
        return only(near.isEmpty() ? named : near);
    }

    /** A name that means several services means none. */
    private static String only(List<Target> candidates) {
        return candidates.size() == 1 ? candidates.getFirst().arn() : "";
    }

    private static void forEachTarget(Service service, BiConsumer<String, String> consumer) {
        targets(service.tags()).forEach(target -> consumer.accept(target, "tag"));
        targets(service.attributes()).forEach(target -> consumer.accept(target, "attribute"));
    }

    private static List<String> targets(Map<String, String> declarations) {
        String value = declarations.getOrDefault(KEY, "").strip();
        return value.isEmpty() ? List.of() : List.of(value.split("\\s+"));
    }

    static boolean isArn(String target) {
        return target.startsWith("arn:");
    }
}
