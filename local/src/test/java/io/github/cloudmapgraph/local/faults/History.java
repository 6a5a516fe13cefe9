package io.github.cloudmapgraph.local.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What happened, in the order in which it was noted. */
final class History {
    private final List<Event> events = new ArrayList<>();

    synchronized void add(Event event) {
        events.add(event);
    }

    synchronized List<Event> events() {
        return List.copyOf(events);
    }

    <E extends Event> Stream<E> of(Class<E> type) {
        return events().stream().filter(type::isInstance).map(type::cast);
    }

    <E extends Event> Optional<E> last(Class<E> type) {
        return of(type).reduce((_, later) -> later);
    }
}
