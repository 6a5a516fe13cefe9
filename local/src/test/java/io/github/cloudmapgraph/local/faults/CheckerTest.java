package io.github.cloudmapgraph.local.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cloudmapgraph.local.faults.Violation.Promise;
import io.github.cloudmapgraph.local.flow.Contents;
import java.util.List;
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

    private static Event taken(String owner, long now, long until, long at) {
        return new Event.LeaseTaken(LOCK, owner, now, until, at, at + 1);
    }

    @Test
    void check_whenAllIsWell_findsNothing() {
        assertThat(broken(
                        new Event.PeopleAdded(NOTE),
                        new Event.Offered(1, OLD),
                        new Event.Sent("m1"),
                        new Event.Received("m1", 1),
                        taken("a", 100, 4_100, 10),
                        new Event.LockedRead(0, Contents.NOTHING, NOTE),
                        new Event.LeaseReleased(LOCK, "a"),
                        new Event.LockedRead(1, OLD, NOTE),
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
        assertThat(broken(new Event.Offered(2, NEW), new Event.LockedRead(2, OLD, NONE)))
                .containsExactly(Promise.I1_WHOLE_OR_NOT_AT_ALL);
    }

    @Test
    void check_whenAReadShowsAVersionThatNobodySent_findsIt() {
        assertThat(broken(new Event.Offered(2, NEW), new Event.LockedRead(3, NEW, NONE)))
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
        assertThat(broken(taken("a", 0, Timings.LEASE.toMillis() + 1, 1))).containsExactly(Promise.I5_DEAD_HOLDER);
        assertThat(broken(new Event.LeaseRefused(LOCK, "a", 50, 50))).containsExactly(Promise.I5_DEAD_HOLDER);
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
        assertThat(broken(new Event.PeopleAdded(NOTE), new Event.LockedRead(0, Contents.NOTHING, NONE)))
                .containsExactly(Promise.PEOPLES_OWN);
    }
}
