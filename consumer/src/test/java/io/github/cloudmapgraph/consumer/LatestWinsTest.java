package io.github.cloudmapgraph.consumer;

import static io.github.cloudmapgraph.consumer.Examples.FULL_SYNC;
import static io.github.cloudmapgraph.consumer.Examples.NOW;
import static io.github.cloudmapgraph.consumer.Examples.waiting;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cloudmapgraph.consumer.LatestWins.Result;
import io.github.cloudmapgraph.consumer.graph.Changes;
import io.github.cloudmapgraph.snapshot.Orders;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class LatestWinsTest {
    private static final Outcome APPLIED = new Outcome.Applied(new Changes(1, 0, 0));
    private static final Outcome DEAD = new Outcome.DeadLettered("unreadable");
    private static final Obstacle OUTAGE = new Obstacle.Outage("Neo4j cannot be reached");
    private static final Obstacle FAILURE = new Obstacle.Failure("it failed");

    private final List<Long> tried = new ArrayList<>();

    @Test
    void work_triesOnlyTheNewest_whenItIsApplied() {
        var verdicts = work(List.of(plain(2), plain(3), plain(1)), LatestWinsTest::applied);

        assertThat(tried).containsExactly(3L);
        assertThat(verdicts)
                .containsEntry(3L, new Verdict.Ended(APPLIED))
                .containsEntry(2L, overtakenBy(3))
                .containsEntry(1L, overtakenBy(3));
    }

    @Test
    void work_overtakesByTheGraphsVersion_whenTheGraphIsNewer() {
        var verdicts = work(List.of(plain(1), plain(2)), _ -> new Attempt.Settled(new Outcome.Overtaken(9), 9));

        assertThat(tried).containsExactly(2L);
        assertThat(verdicts).containsEntry(1L, overtakenBy(9)).containsEntry(2L, overtakenBy(9));
    }

    @Test
    void work_triesOlderOnesInTurn_whenNewerOnesAreRefused() {
        var verdicts = work(List.of(plain(1), plain(2), plain(3), plain(4)), each -> switch ((int) each.version()) {
            case 4 -> new Attempt.Refused(new Verdict.Ended(DEAD));
            case 3 -> new Attempt.Refused(new Verdict.Stays(FAILURE));
            default -> applied(each);
        });

        assertThat(tried).containsExactly(4L, 3L, 2L);
        assertThat(verdicts)
                .containsEntry(4L, new Verdict.Ended(DEAD))
                .containsEntry(3L, new Verdict.Stays(FAILURE))
                .containsEntry(2L, new Verdict.Ended(APPLIED))
                .containsEntry(1L, overtakenBy(2));
    }

    @Test
    void work_triesOrdersFirstInTheirOrder_whenOlderOnesCarryThem() {
        var verdicts = work(List.of(plain(5), ordered(4), plain(3), ordered(2), plain(1)), LatestWinsTest::applied);

        assertThat(tried).containsExactly(2L, 4L, 5L);
        assertThat(verdicts)
                .containsEntry(2L, new Verdict.Ended(APPLIED))
                .containsEntry(4L, new Verdict.Ended(APPLIED))
                .containsEntry(5L, new Verdict.Ended(APPLIED))
                .containsEntry(3L, overtakenBy(5))
                .containsEntry(1L, overtakenBy(5));
    }

    @Test
    void work_doesNotOvertakeByAnOrder_whenTheNewestIsRefused() {
        var verdicts = work(
                List.of(ordered(1), plain(2), plain(3)),
                each -> each.version() == 3 ? new Attempt.Refused(new Verdict.Ended(DEAD)) : applied(each));

        assertThat(tried).containsExactly(1L, 3L, 2L);
        assertThat(verdicts).containsEntry(2L, new Verdict.Ended(APPLIED));
    }

    @Test
    void work_triesTheNewest_whenAnOrderIsRefused() {
        var verdicts = work(
                List.of(ordered(1), plain(2)),
                each -> each.version() == 1 ? new Attempt.Refused(new Verdict.Ended(DEAD)) : applied(each));

        assertThat(tried).containsExactly(1L, 2L);
        assertThat(verdicts).containsEntry(1L, new Verdict.Ended(DEAD)).containsEntry(2L, new Verdict.Ended(APPLIED));
    }

    @Test
    void work_leavesAllInTheQueue_whenTheFirstIsBlocked() {
        var verdicts = work(List.of(plain(3), ordered(1), plain(2)), _ -> new Attempt.Blocked(OUTAGE));

        assertThat(tried).containsExactly(1L);
        assertThat(verdicts.values()).hasSize(3).containsOnly(new Verdict.Stays(OUTAGE));
    }

    @Test
    void work_keepsWhatIsDone_whenALaterOneIsBlocked() {
        var contention = new Obstacle.Contention("held", NOW);
        var verdicts = work(
                List.of(plain(4), ordered(2), plain(3)),
                each -> each.version() == 2 ? applied(each) : new Attempt.Blocked(contention));

        assertThat(verdicts)
                .containsEntry(2L, new Verdict.Ended(APPLIED))
                .containsEntry(4L, new Verdict.Stays(contention))
                .containsEntry(3L, new Verdict.Stays(contention));
    }

    @Test
    void work_saysOfEachMessage_whenOneSnapshotIsThereTwice() {
        Waiting once = plain(1);
        List<Result> results = LatestWins.work(List.of(once, once), LatestWinsTest::applied);

        assertThat(results).extracting(Result::verdict).containsExactly(new Verdict.Ended(APPLIED), overtakenBy(1));
    }

    private Map<Long, Verdict> work(List<Waiting> waiting, Function<Waiting, Attempt> update) {
        return LatestWins.work(waiting, each -> {
                    tried.add(each.version());
                    return update.apply(each);
                })
                .stream()
                .collect(Collectors.toMap(result -> result.waiting().version(), Result::verdict));
    }

    private static Attempt applied(Waiting waiting) {
        return new Attempt.Settled(APPLIED, waiting.version());
    }

    private static Verdict overtakenBy(long version) {
        return new Verdict.Ended(new Outcome.Overtaken(version));
    }

    private static Waiting plain(long version) {
        return waiting(version, Orders.NONE);
    }

    private static Waiting ordered(long version) {
        return waiting(version, FULL_SYNC);
    }
}
