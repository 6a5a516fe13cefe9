package io.github.cloudmapgraph.infra;

import java.util.AbstractMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** An environment that remembers which variables were asked for, set or not. */
final class RecordingEnvironment extends AbstractMap<String, String> {
    private final Map<String, String> variables;
    private final Set<String> asked = new TreeSet<>();

    RecordingEnvironment(Map<String, String> variables) {
        this.variables = variables;
    }

    Set<String> asked() {
        return asked;
    }

    @Override
    public @Nullable String get(@Nullable Object name) {
        asked.add(String.valueOf(name));
        return variables.get(name);
    }

    @Override
    public boolean containsKey(@Nullable Object name) {
        asked.add(String.valueOf(name));
        return variables.containsKey(name);
    }

    /** Refused: who goes through them all asks for none by name, and nothing could be told. */
    @Override
    public Set<Map.Entry<String, String>> entrySet() {
        throw new AssertionError("the environment was gone through as a whole");
    }
}
