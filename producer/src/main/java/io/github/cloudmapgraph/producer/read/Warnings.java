package io.github.cloudmapgraph.producer.read;

import io.github.cloudmapgraph.log.Log;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

/** What a person should know of one run: each thing logged once, and in the answer. */
public final class Warnings {
    private final Log log;
    private final Set<String> texts = new ConcurrentSkipListSet<>();

    /** Creates the warnings of one run. */
    public Warnings(Log log) {
        this.log = log;
    }

    /** Notes a warning; one that is noted already changes nothing. */
    public void add(String text) {
        if (texts.add(text)) {
            log.warn(text);
        }
    }

    /** Returns the warnings so far. */
    public List<String> texts() {
        return List.copyOf(texts);
    }
}
