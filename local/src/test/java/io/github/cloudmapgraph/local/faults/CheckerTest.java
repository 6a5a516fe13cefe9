package io.github.cloudmapgraph.local.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cloudmapgraph.local.faults.Violation.Promise;
import io.github.cloudmapgraph.local.flow.Contents;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Histories that keep the promises, and the same ones with one thing wrong. */
class CheckerTest {
    private static final SortedSet<String> NONE = new TreeSet<>();
    private static final SortedSet<String> NOTE = new TreeSet<>(List.of("a note"));
    private static final Contents OLD = new Contents(new TreeSet<>(List.of("service shop/cart")));
    private static final Contents NEW = new Contents(new TreeSet<>(List.of("service shop/cart", "service shop/db")));
    private static final String LOCK = "update#s";
    private static final Event OVER = new Event.Ended(0, NONE, NONE, NONE);

    private static List<Promise> broken(Event... events) {
        var history = new History();
        for (Event event : events) {
            history.add(event);
        }
        return Checker.check(history).stream().map(Violation::promise).toList();
    }

    private static String environment(String owner) {
        return "environment of " + owner;
    }

    private static Event taken(String owner, long now, long until, long at) {
        return new Event.LeaseTaken(environment(owner), LOCK, owner, now, until, at, at + 1);
    }

    @Test
    void check_whenAllIsWell_findsNothing() {
        assertThat(broken(
                        new Event.PeopleAdded(NOTE),
                        new Event.Offered(1, OLD, Set.of("k")),
                        new Event.Sent("m1"),
                        new Event.Received("m1", 1),
                        taken("a", 100, 4_100, 10),
                        new Event.LockedRead(0, Contents.NOTHING, NOTE, Map.of()),
                        new Event.LeaseReleased(LOCK, "a"),
                        new Event.LockedRead(1, OLD, NOTE, Map.of()),
                        new Event.InvocationEnded(environment("a")),
                        new Event.FreeRead(1, 20, 30),
                        new Event.FreeRead(2, 25, 40),
                        new Event.FreeRead(1, 28, 45),
                        new Event.Acknowledged("m1", 1, 1, 0),
                        new Event.Received("rubbish", 0),
                        new Event.Acknowledged("rubbish", 0, 1, 0),
                        new Event.DeadLettered("rubbish", "not JSON"),
                        new Event.Recovered(5, NONE, NONE),
                        OVER))
                .isEmpty();
    }

    @Test
    void check_whenAReadShowsAPartOfASnapshot_findsIt() {
        assertThat(broken(new Event.Offered(2, NEW, Set.of()), new Event.LockedRead(2, OLD, NONE, Map.of())))
                .containsExactly(Promise.I1_WHOLE_OR_NOT_AT_ALL);
    }

    @Test
    void check_whenAReadShowsAVersionThatNobodySent_findsIt() {
        assertThat(broken(new Event.Offered(2, NEW, Set.of()), new Event.LockedRead(3, NEW, NONE, Map.of())))
                .containsExactly(Promise.I1_WHOLE_OR_NOT_AT_ALL);
    }

    @Test
    void check_whenALaterReadShowsAnOlderVersion_findsIt() {
        assertThat(broken(new Event.FreeRead(2, 10, 20), new Event.FreeRead(1, 21, 30)))
                .containsExactly(Promise.I2_NEVER_BACK);
    }

    @Test
    void check_whenTheGraphIsNotEqualAfterTheFaults_findsIt() {
        assertThat(broken(new Event.Recovered(1, NOTE, NONE))).containsExactly(Promise.I3_SOON_EQUAL);
    }

    @Test
    void check_whenAMessageIsDeletedThatNobodyApplied_findsIt() {
        assertThat(broken(new Event.Received("m", 5), new Event.Acknowledged("m", 5, 4, 0), OVER))
                .containsExactly(Promise.I4_NONE_LOST);
    }

    @Test
    void check_whenADeletedMessageIsHeldBack_findsNothing() {
        assertThat(broken(new Event.Received("m", 5), new Event.Acknowledged("m", 5, 4, 5), OVER))
                .isEmpty();
    }

    @Test
    void check_whenAMessageVanishes_findsIt() {
        assertThat(broken(new Event.Sent("m"), OVER)).containsExactly(Promise.I4_NONE_LOST);
        assertThat(broken(new Event.Received("m", 5), OVER)).containsExactly(Promise.I4_NONE_LOST);
    }

    @Test
    void check_whenMessagesOrLocksAreLeft_findsIt() {
        assertThat(broken(new Event.Ended(1, NOTE, NONE, NONE)))
                .containsExactly(Promise.I4_NONE_LOST, Promise.ONE_HOLDER);
    }

    @Test
    void check_whenALeaseIsTooLongOrHasRunOut_findsIt() {
        assertThat(broken(taken("a", 0, Timings.LEASE.toMillis() + 1, 1))).containsExactly(Promise.LEASE_AS_CONFIGURED);
        assertThat(broken(new Event.LeaseRefused(LOCK, "a", 50, 50, 1))).containsExactly(Promise.LEASE_AS_CONFIGURED);
    }

    @Test
    void check_whenTwoHoldTheLockAtOnce_findsIt() {
        assertThat(broken(taken("a", 100, 4_100, 10), taken("b", 4_099, 8_000, 20)))
                .containsExactly(Promise.ONE_HOLDER);
    }

    @Test
    void check_whenALockIsTakenOver_findsNothing() {
        assertThat(broken(taken("a", 100, 4_100, 10), taken("b", 4_100, 8_000, 20)))
                .isEmpty();
        assertThat(broken(taken("a", 100, 4_100, 10), new Event.LockTableEmptied(12, 13), taken("b", 200, 4_200, 20)))
                .isEmpty();
    }

    @Test
    void check_whenWhatPeopleAddedIsGone_findsIt() {
        assertThat(broken(new Event.PeopleAdded(NOTE), new Event.LockedRead(0, Contents.NOTHING, NONE, Map.of())))
                .containsExactly(Promise.PEOPLES_OWN);
    }

    @Test
    void check_whenOthersAreRefusedForADeadHolderLongAfterItsLease_findsIt() {
        long most = Timings.LEASE.plus(Timings.CLOCKS_DIFFER).toNanos();
        Event taken = taken("a", 100, 4_100, 10);
        Event died = new Event.Died(environment("a"), 50);
        assertThat(broken(taken, died, new Event.LeaseRefused(LOCK, "a", 200, 4_100, 50 + most)))
                .isEmpty();
        assertThat(broken(taken, died, new Event.LeaseRefused(LOCK, "a", 200, 4_100, 51 + most)))
                .containsExactly(Promise.I5_DEAD_HOLDER);
        assertThat(broken(taken, new Event.LeaseRefused(LOCK, "a", 200, 4_100, 51 + most)))
                .isEmpty();
    }

    @Test
    void deadHolder_whenAnotherHasTheLockAfterIt_tellsHowLongThatTook() {
        var history = new History();
        history.add(taken("a", 100, 4_100, 10));
        history.add(new Event.Died(environment("a"), 50));
        history.add(new Event.LeaseRefused(LOCK, "a", 200, 4_100, 70));
        history.add(new Event.LeaseRefused(LOCK, "a", 200, 4_100, 90));
        history.add(taken("b", 4_200, 8_200, 150));
        history.add(taken("c", 9_000, 9_200, 250));
        assertThat(DeadHolder.of(history)).containsExactly(new DeadHolder("a", 40, 101));
    }

    @Test
    void check_whenALivingHolderNeverGivesItsLeaseBack_findsIt() {
        Event taken = taken("a", 100, 4_100, 10);
        Event ended = new Event.InvocationEnded(environment("a"));
        assertThat(broken(taken, ended)).containsExactly(Promise.GIVEN_BACK);
        assertThat(broken(taken, new Event.LeaseReleased(LOCK, "a"), ended)).isEmpty();
        assertThat(broken(taken, new Event.LeaseUncertain(LOCK, "a"), ended)).isEmpty();
        assertThat(broken(taken, new Event.Died(environment("a"), 50), ended)).isEmpty();
        Event read = new Event.ReadTaken(environment("a"), "r");
        assertThat(broken(read, ended)).containsExactly(Promise.GIVEN_BACK);
        assertThat(broken(read, new Event.ReadGivenBack("r"), ended)).isEmpty();
        assertThat(broken(read, new Event.ReadTaken(environment("b"), "s"), ended))
                .isEmpty();
    }

    @Test
    void check_whenAnUnreadableMessageIsDeletedAndNoDeadLetter_findsIt() {
        assertThat(broken(new Event.Received("m", 0), new Event.Acknowledged("m", 0, 4, 0), OVER))
                .containsExactly(Promise.I4_NONE_LOST);
    }

    @Test
    void check_whenAMarkIsGoneAndItsNodeWasAlwaysThere_findsIt() {
        Event before = new Event.Offered(1, OLD, Set.of());
        Event marked = new Event.Marked("k", "m", 2, Marks.shows("m"));
        Event with = new Event.Offered(3, OLD, Set.of("k"));
        Event without = new Event.Offered(3, OLD, Set.of());
        Event kept = new Event.LockedRead(3, OLD, NONE, Map.of("k", Marks.shows("m"), "m", "is there"));
        Event gone = new Event.LockedRead(3, OLD, NONE, Map.of("m", "is there"));
        Event unmarked = new Event.LockedRead(3, OLD, NONE, Map.of("k", "   ", "m", "is there"));
        Event nobody = new Event.LockedRead(3, OLD, NONE, Map.of("k", Marks.shows("m")));
        assertThat(broken(before, marked, with, kept)).isEmpty();
        assertThat(broken(before, marked, without, gone)).isEmpty();
        assertThat(broken(before, marked, without, unmarked)).isEmpty();
        assertThat(broken(before, marked, with, unmarked)).containsExactly(Promise.PEOPLES_OWN);
        assertThat(broken(before, marked, with, nobody)).containsExactly(Promise.PEOPLES_OWN);
    }
}
