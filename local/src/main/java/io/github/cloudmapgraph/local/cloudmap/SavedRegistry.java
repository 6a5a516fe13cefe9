package io.github.cloudmapgraph.local.cloudmap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The complete state as it is written to disk, ids, times and pending operations included. */
record SavedRegistry(
        int format,
        String account,
        String region,
        long lastRevision,
        List<Namespace> namespaces,
        List<Service> services,
        Map<String, List<Instance>> instances,
        List<Operation> operations,
        Map<String, SavedEffect> pending) {
    private static final int FORMAT = 1;

    // Only record components are state; `isHttp` and its like are not.
    private static final JsonMapper JSON =
            JsonMapper.builder().disable(MapperFeature.AUTO_DETECT_IS_GETTERS).build();

    /** What a pending operation will do: the name of the effect and its data. */
    record SavedEffect(String kind, JsonNode data) {
        static SavedEffect of(Effect effect) {
            return new SavedEffect(effect.getClass().getSimpleName(), JSON.valueToTree(effect));
        }

        Effect effect() throws IOException {
            Class<?> type = Arrays.stream(Effect.class.getPermittedSubclasses())
                    .filter(one -> one.getSimpleName().equals(kind))
                    .findFirst()
                    .orElseThrow(() -> new IOException("unknown kind of pending operation: " + kind));
            return (Effect) JSON.treeToValue(data, type);
        }
    }

    /** Takes a copy; wants the registry's lock held. */
    static SavedRegistry of(Registry registry) {
        Content content = registry.content();
        Map<String, List<Instance>> instances = new TreeMap<>();
        content.services()
                .keySet()
                .forEach(id ->
                        instances.put(id, List.copyOf(content.instances(id).values())));
        Map<String, SavedEffect> pending = new LinkedHashMap<>();
        registry.running().forEach(running -> pending.put(running.operation().id(), SavedEffect.of(running.effect())));
        return new SavedRegistry(
                FORMAT,
                registry.options().account(),
                registry.options().region(),
                registry.lastRevision(),
                List.copyOf(content.namespaces().values()),
                List.copyOf(content.services().values()),
                instances,
                List.copyOf(registry.operations().values()),
                pending);
    }

    byte[] json() throws IOException {
        return JSON.writeValueAsBytes(this);
    }

    static SavedRegistry parse(Path file, byte[] json, CloudMapOptions options) throws IOException {
        SavedRegistry saved;
        try {
            JsonNode tree = JSON.readTree(json);
            int format = tree.path("format").asInt();
            if (format != FORMAT) {
                throw new IOException("its format is %d, this program reads %d".formatted(format, FORMAT));
            }
            saved = JSON.treeToValue(tree, SavedRegistry.class);
        } catch (IOException unreadable) {
            throw new IOException(
                    "%s cannot be read as a saved registry (delete it to start anew): %s"
                            .formatted(file, unreadable.getMessage()),
                    unreadable);
        }
        if (!saved.account().equals(options.account()) || !saved.region().equals(options.region())) {
            throw new IOException("%s holds the registry of account %s in %s, not of %s in %s: use another data folder"
                    .formatted(file, saved.account(), saved.region(), options.account(), options.region()));
        }
        return saved;
    }

    /** Fills an empty registry. */
    void restore(Registry registry) throws IOException {
        List<Change> changes = new ArrayList<>();
        namespaces.forEach(namespace -> changes.add(new Change.PutNamespace(namespace)));
        services.forEach(service -> changes.add(new Change.PutService(service)));
        instances.forEach((serviceId, list) ->
                list.forEach(instance -> changes.add(new Change.PutInstance(serviceId, instance))));
        registry.load(changes, lastRevision);
        for (Operation operation : operations) {
            SavedEffect effect = pending.get(operation.id());
            registry.restore(operation, effect == null ? null : effect.effect());
        }
    }
}
