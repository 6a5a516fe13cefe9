package io.github.cloudmapgraph.local.faults;

import io.github.cloudmapgraph.local.faults.Violation.Promise;
import io.github.cloudmapgraph.local.flow.Contents;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Says which promises a history breaks. It knows what was seen, and nothing of the code under test. */
final class Checker {
    private final History history;
    private final List<Violation> violations = new ArrayList<>();

    private Checker(History history) {
        this.history = history;
    }

    static List<Violation> check(History history) {
        var checker = new Checker(history);
        checker.wholeOrNotAtAll();
        checker.neverBack();
        checker.soonEqual();
        checker.noneLost();
        checker.deadHolderDelaysByItsLease();
        checker.leasesAsConfigured();
        checker.oneHolder();
        checker.givenBack();
        checker.peoplesOwn();
        checker.peoplesMarks();
        return List.copyOf(checker.violations);
    }

    private void wholeOrNotAtAll() {
        Map<Long, Set<Contents>> offered = new HashMap<>();
        for (Event event : history.events()) {
            switch (event) {
                case Event.Offered(long version, Contents contents, var _) ->
                    offered.computeIfAbsent(version, _ -> new HashSet<>()).add(contents);
                case Event.LockedRead(long version, Contents contents, var _, var _) -> {
                    // The graph is empty until the first update.
                    Set<Contents> allowed =
                            version == 0 ? Set.of(Contents.NOTHING) : offered.getOrDefault(version, Set.of());
                    if (!allowed.contains(contents)) {
                        violate(Promise.I1_WHOLE_OR_NOT_AT_ALL, differences(version, contents, allowed));
                    }
                }
                default -> {}
            }
        }
    }

    private static String differences(long version, Contents seen, Set<Contents> allowed) {
        return allowed.stream()
                .findFirst()
                .map(contents -> "the graph says version " + version + "; of that snapshot it lacks "
                        + contents.without(seen) + ", and it has besides " + seen.without(contents))
                .orElse("the graph says version " + version + ", and no such snapshot was sent");
    }

    private void neverBack() {
        record Bound(long to, long version) {}
        List<Event.FreeRead> byEnd = history.of(Event.FreeRead.class)
                .sorted(Comparator.comparingLong(Event.FreeRead::to))
                .toList();
        List<Event.FreeRead> byStart = history.of(Event.FreeRead.class)
                .sorted(Comparator.comparingLong(Event.FreeRead::from))
                .toList();
        var seen = new Bound(0, 0);
        int ended = 0;
        for (Event.FreeRead read : byStart) {
            while (ended < byEnd.size() && byEnd.get(ended).to() < read.from()) {
                Event.FreeRead earlier = byEnd.get(ended++);
                if (earlier.version() > seen.version()) {
                    seen = new Bound(earlier.to(), earlier.version());
                }
            }
            if (read.version() < seen.version()) {
                violate(
                        Promise.I2_NEVER_BACK,
                        "version " + read.version() + " was read " + (read.from() - seen.to()) / 1_000_000
                                + " ms after version " + seen.version());
            }
        }
    }

    private void soonEqual() {
        history.of(Event.Recovered.class).forEach(recovered -> {
            if (!recovered.missing().isEmpty() || !recovered.leftOver().isEmpty()) {
                violate(
                        Promise.I3_SOON_EQUAL,
                        recovered.nanos() / 1_000_000 + " ms after the faults the graph lacks " + recovered.missing()
                                + ", and has besides " + recovered.leftOver());
            }
        });
        history.of(Event.Ended.class).forEach(ended -> {
            if (!ended.missing().isEmpty() || !ended.leftOver().isEmpty()) {
                violate(
                        Promise.I3_SOON_EQUAL,
                        "at the end the graph lacks " + ended.missing() + ", and has besides " + ended.leftOver());
            }
        });
    }

    private void noneLost() {
        Set<String> deadLettered = new HashSet<>();
        history.of(Event.DeadLettered.class).forEach(letter -> {
            deadLettered.add(letter.originalMessageId());
            if (letter.reason().isEmpty()) {
                violate(Promise.I4_NONE_LOST, letter.originalMessageId() + " is a dead letter without a reason");
            }
        });
        Map<String, Boolean> acknowledged = new LinkedHashMap<>();
        history.of(Event.Received.class).forEach(received -> acknowledged.putIfAbsent(received.messageId(), false));
        boolean isOver = history.last(Event.Ended.class).isPresent();
        history.of(Event.Acknowledged.class).forEach(done -> {
            acknowledged.put(done.messageId(), true);
            boolean settled = done.version() > 0
                    && (done.graphVersion() >= done.version() || done.heldBackVersion() >= done.version());
            // The dead-letter queue is read at the end.
            boolean accountedFor =
                    settled || deadLettered.contains(done.messageId()) || (done.version() == 0 && !isOver);
            if (!accountedFor) {
                violate(
                        Promise.I4_NONE_LOST,
                        "message " + done.messageId() + " of version " + done.version() + " was deleted while the"
                                + " graph held version " + done.graphVersion() + " and version "
                                + done.heldBackVersion() + " was held back, and it is no dead letter");
            }
        });
        history.of(Event.Sent.class)
                .filter(sent -> isOver && !acknowledged.containsKey(sent.messageId()))
                .forEach(sent -> violate(Promise.I4_NONE_LOST, "message " + sent.messageId() + " was never received"));
        history.last(Event.Ended.class).ifPresent(ended -> {
            if (ended.messages() > 0) {
                violate(Promise.I4_NONE_LOST, ended.messages() + " messages are left in the queue");
            }
            acknowledged.forEach((id, done) -> {
                if (!done && !deadLettered.contains(id)) {
                    violate(Promise.I4_NONE_LOST, "message " + id + " is neither done with nor a dead letter");
                }
            });
        });
    }

    /** By one clock. Nobody's clock is right: a lease lasts for others as much longer as two clocks differ. */
    private void deadHolderDelaysByItsLease() {
        long most = Timings.LEASE.plus(Timings.CLOCKS_DIFFER).toNanos();
        DeadHolder.of(history).stream()
                .filter(dead -> dead.refusedFor() > most)
                .forEach(dead -> violate(
                        Promise.I5_DEAD_HOLDER,
                        dead.refusedFor() / 1_000_000 + " ms after its death others were refused for the sake of "
                                + dead.owner()));
    }

    private void leasesAsConfigured() {
        history.of(Event.LeaseTaken.class)
                .filter(taken -> taken.until() - taken.now() > Timings.LEASE.toMillis())
                .forEach(taken -> violate(Promise.LEASE_AS_CONFIGURED, "too long a lease: " + taken));
        history.of(Event.LeaseRefused.class)
                .filter(refused -> refused.until() <= refused.now())
                .forEach(refused ->
                        violate(Promise.LEASE_AS_CONFIGURED, "refused for a lease that had run out: " + refused));
    }

    private void oneHolder() {
        List<Event.LockTableEmptied> emptied =
                history.of(Event.LockTableEmptied.class).toList();
        Event.LeaseTaken holder = null;
        for (Event event : history.events()) {
            switch (event) {
                case Event.LeaseTaken taken -> {
                    if (holder != null && overlap(holder, taken) && !emptiedBetween(emptied, holder, taken)) {
                        violate(Promise.ONE_HOLDER, "two holders at once: " + holder + " and " + taken);
                    }
                    // Whoever held it before has lost it, and a slower clock does not bring it back.
                    holder = taken;
                }
                // Noted when the request goes out: from then on it may be free.
                case Event.LeaseReleased released -> {
                    if (holder != null && holder.owner().equals(released.owner())) {
                        holder = null;
                    }
                }
                default -> {}
            }
        }
        history.last(Event.Ended.class)
                .filter(ended -> !ended.locksHeld().isEmpty())
                .ifPresent(ended -> violate(Promise.ONE_HOLDER, "locks are held at the end: " + ended.locksHeld()));
    }

    /** Whether the lease was there before the other one was asked for, and had not run out by the claimant's clock. */
    private static boolean overlap(Event.LeaseTaken holder, Event.LeaseTaken taken) {
        return !holder.owner().equals(taken.owner()) && holder.until() > taken.now() && holder.to() < taken.from();
    }

    private static boolean emptiedBetween(
            List<Event.LockTableEmptied> emptied, Event.LeaseTaken holder, Event.LeaseTaken taken) {
        return emptied.stream().anyMatch(each -> each.to() > holder.from() && each.from() < taken.to());
    }

    /** A holder that lives gives its lease back before its invocation ends, unless no answer told it what it has. */
    private void givenBack() {
        Map<String, String> holders = new LinkedHashMap<>();
        String reader = "";
        for (Event event : history.events()) {
            switch (event) {
                case Event.LeaseTaken taken -> holders.put(taken.owner(), taken.environment());
                case Event.LeaseReleased released -> holders.remove(released.owner());
                case Event.ReadTaken taken -> {
                    if (!taken.owner().equals(reader)) {
                        holders.remove(reader);
                    }
                    reader = taken.owner();
                    holders.put(reader, taken.environment());
                }
                case Event.ReadGivenBack given -> holders.remove(given.owner());
                case Event.LockTableEmptied _ -> holders.clear();
                case Event.LeaseUncertain uncertain -> holders.remove(uncertain.owner());
                case Event.Died died -> holders.values().removeIf(died.environment()::equals);
                case Event.InvocationEnded ended -> {
                    holders.forEach((owner, environment) -> {
                        if (environment.equals(ended.environment())) {
                            violate(Promise.GIVEN_BACK, environment + " lives and never gave back the lease " + owner);
                        }
                    });
                    holders.values().removeIf(ended.environment()::equals);
                }
                default -> {}
            }
        }
    }

    /** A mark is there as long as its node is; that a node was deleted and made again only a snapshot can tell. */
    private void peoplesMarks() {
        Map<String, Event.Marked> newest = new LinkedHashMap<>();
        Set<String> marks = new HashSet<>();
        List<Event.Offered> offered = new ArrayList<>();
        for (Event event : history.events()) {
            switch (event) {
                case Event.Offered snapshot -> offered.add(snapshot);
                case Event.Marked marked -> {
                    newest.put(marked.key(), marked);
                    marks.add(marked.mark());
                }
                case Event.LockedRead read -> {
                    marks.stream()
                            .filter(mark -> !read.marks().containsKey(mark))
                            .forEach(mark -> violate(Promise.PEOPLES_OWN, "the node of " + mark + " is gone"));
                    newest.values().stream()
                            .filter(marked -> !read.marks()
                                    .getOrDefault(marked.key(), marked.shows())
                                    .equals(marked.shows()))
                            .filter(marked -> offered.stream()
                                    .noneMatch(snapshot -> snapshot.version() > marked.version()
                                            && snapshot.version() <= read.version()
                                            && !snapshot.keys().contains(marked.key())))
                            .forEach(marked -> violate(
                                    Promise.PEOPLES_OWN,
                                    "of " + marked + " there is left '"
                                            + read.marks().get(marked.key()) + "' in version " + read.version()));
                }
                default -> {}
            }
        }
    }

    private void peoplesOwn() {
        history.last(Event.PeopleAdded.class)
                .ifPresent(added -> history.of(Event.LockedRead.class)
                        .filter(read -> !read.people().equals(added.people()))
                        .forEach(read -> violate(
                                Promise.PEOPLES_OWN,
                                "of what people added, " + added.people() + ", there is left " + read.people())));
    }

    private void violate(Promise promise, String what) {
        violations.add(new Violation(promise, what));
    }
}
