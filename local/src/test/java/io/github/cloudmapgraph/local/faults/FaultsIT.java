package io.github.cloudmapgraph.local.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cloudmapgraph.local.faults.Violation.Promise;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Seeded schedules of faults. One in every build; as many as {@code -Dfaults.schedules} or {@code -Dfaults.minutes}
 * say, beginning with {@code -Dfaults.seed}, in {@code ./mvnw verify -Pfaults}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FaultsIT {
    private static final long FIRST_SEED = Long.getLong("faults.seed", 1);
    private static final int MINUTES = Integer.getInteger("faults.minutes", 0);
    private static final int SCHEDULES = Integer.getInteger("faults.schedules", MINUTES == 0 ? 1 : 100_000);

    /** How many schedules a copy that leaves something out may survive. */
    private static final int SURVIVED = 5;

    /** The file that a failure left, to aim at the same pairs; empty to aim at those that have not come up. */
    private static final String AIMS_OF = System.getProperty("faults.aims", "");

    private static final String AIMED_AT = "aimed at ";

    private static final Path RESULTS = Path.of("target", "faults");

    private Servers servers;

    @BeforeAll
    void start(@TempDir Path directory) throws IOException {
        servers = new Servers(directory);
    }

    @AfterAll
    void stop() {
        servers.close();
    }

    @Test
    void promises_whateverFaultsStrike_areKept() throws IOException {
        var report = new Report();
        List<String> tooFew = new ArrayList<>();
        long started = System.nanoTime();
        long end = started + Duration.ofMinutes(MINUTES).toNanos();
        for (long seed = FIRST_SEED;
                seed < FIRST_SEED + SCHEDULES && (MINUTES == 0 || System.nanoTime() < end);
                seed++) {
            String played = "seed " + seed;
            long begun = System.nanoTime();
            List<Pair> aims = AIMS_OF.isEmpty() ? report.spared() : aimsOf(Path.of(AIMS_OF));
            Schedule.Story story = Schedule.play(seed, servers, aims);
            List<Violation> violations = Checker.check(story.history());
            report.add(seed, story, violations);
            if (!violations.isEmpty() || Boolean.getBoolean("faults.keep")) {
                keep("seed-" + seed, story, violations, aims);
            }
            Files.writeString(
                    Files.createDirectories(RESULTS).resolve("report.md"),
                    report.text(Duration.ofNanos(System.nanoTime() - started)));
            Files.write(
                    RESULTS.resolve("spared.txt"),
                    report.spared().stream().map(Pair::toString).toList());
            Least.missingIn(story).forEach(what -> tooFew.add(played + ": " + what));
            System.out.printf(
                    "seed %d: %d violations, %s%n",
                    seed, violations.size(), Duration.ofNanos(System.nanoTime() - begun));
        }
        System.out.println(report.text(Duration.ofNanos(System.nanoTime() - started)));
        assertThat(report.violations()).as("see %s", RESULTS.toAbsolutePath()).isEmpty();
        tooFew.addAll(Least.missingIn(report));
        assertThat(tooFew).as("what was tried too seldom").isEmpty();
    }

    @Test
    void checker_whenTheCopyLeavesNothingOut_findsNothing() throws IOException {
        Schedule.Story story = Schedule.play(FIRST_SEED, servers, Pair.all(), Mutation.NOTHING_LEFT_OUT, _ -> false);
        List<Violation> violations = Checker.check(story.history());
        if (!violations.isEmpty()) {
            keep("nothing-left-out-" + FIRST_SEED, story, violations, Pair.all());
        }
        assertThat(violations).isEmpty();
        assertThat(Least.missingIn(story)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "NO_VERSION_GUARD, I2_NEVER_BACK",
        "NO_TRANSACTION, I1_WHOLE_OR_NOT_AT_ALL",
        "NO_DELETIONS, I3_SOON_EQUAL",
        "ACKNOWLEDGED_UNAPPLIED, I4_NONE_LOST",
        "LEASE_NEVER_RUNS_OUT, I5_DEAD_HOLDER",
        "LOCK_WITHOUT_CONDITION, ONE_HOLDER",
        "LOCK_KEPT, GIVEN_BACK"
    })
    void checker_whenTheStepLeavesSomethingOut_findsIt(Mutation mutation, Promise broken) throws IOException {
        Predicate<History> found =
                history -> Checker.check(history).stream().anyMatch(violation -> violation.promise() == broken);
        boolean seen = false;
        for (long seed = FIRST_SEED; !seen && seed < FIRST_SEED + SURVIVED; seed++) {
            long begun = System.nanoTime();
            Schedule.Story story = Schedule.play(seed, servers, mutation.aims(), mutation, found);
            seen = found.test(story.history());
            if (!seen || Boolean.getBoolean("faults.keep")) {
                keep(mutation + "-" + seed, story, Checker.check(story.history()), mutation.aims());
            }
            System.out.printf(
                    "%s, seed %d: %s, %s%n",
                    mutation, seed, seen ? "found out" : "not yet", Duration.ofNanos(System.nanoTime() - begun));
        }
        assertThat(seen).as("%s is found out by %s", mutation, broken).isTrue();
    }

    private static List<Pair> aimsOf(Path kept) throws IOException {
        List<String> lines = Files.readAllLines(kept);
        return Pair.all().stream()
                .filter(pair -> lines.contains(AIMED_AT + pair))
                .toList();
    }

    /** Leaves what is needed to understand a failure. */
    private static void keep(String name, Schedule.Story story, List<Violation> violations, List<Pair> aims)
            throws IOException {
        StringBuilder text = new StringBuilder();
        violations.forEach(violation -> text.append(violation).append('\n'));
        aims.forEach(pair -> text.append(AIMED_AT).append(pair).append('\n'));
        story.history().events().stream()
                .filter(event -> !(event instanceof Event.FreeRead))
                .forEach(event -> text.append(event).append('\n'));
        story.log().forEach(line -> text.append(line).append('\n'));
        Files.writeString(Files.createDirectories(RESULTS).resolve(name + ".txt"), text);
    }
}
