package io.github.cloudmapgraph.producer;

import java.util.AbstractMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** An environment that remembers which variables it was asked for. */
final class RecordingEnvironment extends AbstractMap<String, String> {
    private final Map<String, String> values;
    private final Set<String> asked = new TreeSet<>();

    RecordingEnvironment(Map<String, String> values) {
        this.values = values;
    }

    Set<String> asked() {
        return asked;
    }

    @Override
    public String getOrDefault(@Nullable Object name, String standard) {
        asked.add(String.valueOf(name));
        return values.getOrDefault(String.valueOf(name), standard);
    }

    @Override
    public Set<Entry<String, String>> entrySet() {
        throw new UnsupportedOperationException("variables are asked for by name");
    }
}
