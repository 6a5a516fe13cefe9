package io.github.cloudmapgraph.local.faults;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a holder of the update's lock that died cost the others, in nanoseconds of the test's own clock.
 *
 * @param refusedFor from its death until the last one asked who was refused for its sake
 * @param untilNext from its death until another had the lock; 0 if none ever had
 */
record DeadHolder(String owner, long refusedFor, long untilNext) {
    /** Finds those for whose sake somebody was refused after their death. */
    static List<DeadHolder> of(History history) {
        Map<String, Long> deaths = new HashMap<>();
        history.of(Event.Died.class).forEach(died -> deaths.putIfAbsent(died.environment(), died.at()));
        Map<String, Long> deadSince = new HashMap<>();
        history.of(Event.LeaseTaken.class).forEach(taken -> {
            Long death = deaths.get(taken.environment());
            if (death != null) {
                deadSince.put(taken.owner(), death);
            }
        });
        Map<String, DeadHolder> found = new LinkedHashMap<>();
        for (Event event : history.events()) {
            switch (event) {
                case Event.LeaseTaken next -> found.replaceAll((owner, dead) -> dead.followedBy(next, deadSince));
                case Event.LeaseRefused refused -> {
                    Long death = deadSince.get(refused.holder());
                    if (death != null && refused.asked() > death) {
                        found.merge(
                                refused.holder(),
                                new DeadHolder(refused.holder(), refused.asked() - death, 0),
                                (first, later) -> new DeadHolder(
                                        first.owner(),
                                        Math.max(first.refusedFor(), later.refusedFor()),
                                        first.untilNext()));
                    }
                }
                default -> {}
            }
        }
        return new ArrayList<>(found.values());
    }

    private DeadHolder followedBy(Event.LeaseTaken next, Map<String, Long> deadSince) {
        return untilNext != 0 || owner.equals(next.owner())
                ? this
                : new DeadHolder(owner, refusedFor, next.to() - deadSince.getOrDefault(owner, next.to()));
    }
}
