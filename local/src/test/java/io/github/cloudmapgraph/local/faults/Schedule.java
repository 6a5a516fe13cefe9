package io.github.cloudmapgraph.local.faults;

import io.github.cloudmapgraph.local.cloudmap.RegistryFile;
import io.github.cloudmapgraph.local.flow.Contents;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One seeded story: functions at work, faults, recovery. */
final class Schedule {
    /** What came of it. */
    record Story(History history, List<String> log) {
        long applied() {
            return lines("\"message\":\"applied\"");
        }

        /** Counts the log's lines that contain this. */
        long lines(String part) {
            return log.stream().filter(line -> line.contains(part)).count();
        }
    }

    private final Stage stage;
    private final History history;
    private final Witness witness;
    private final Random random;
    private final AtomicBoolean functionsEnded = new AtomicBoolean();
    private final AtomicBoolean trialEnded = new AtomicBoolean();
    private final AtomicBoolean readersEnded = new AtomicBoolean();

    /** What a thread of this schedule itself failed of; nobody's promise is broken by it. */
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    /** Says of the history whether the rest is not worth the time. */
    private final Predicate<History> enough;

    /** Within this the graph has to equal the registry once the faults have stopped. */
    private final Duration recovery;

    private Schedule(Stage stage, Duration recovery, Predicate<History> enough) {
        this.recovery = recovery;
        this.stage = stage;
        this.enough = enough;
        this.history = stage.history;
        this.witness = stage.witness;
        this.random = stage.fork();
    }

    /**
     * Plays one schedule to its end.
     *
     * @param spared the pairs to aim at
     */
    static Story play(long seed, Servers servers, Collection<Pair> spared) throws IOException {
        return play(seed, servers, spared, Mutation.NONE, _ -> false);
    }

    /**
     * Plays one schedule of a consumer that may leave something out.
     *
     * @param enough says of the history whether the rest is not worth the time
     */
    static Story play(long seed, Servers servers, Collection<Pair> spared, Mutation mutation, Predicate<History> enough)
            throws IOException {
        try (var stage = new Stage(new Random(seed), servers, spared, mutation);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var schedule = new Schedule(stage, mutation.recovery(), enough);
            schedule.play(threads);
            if (schedule.failure.get() != null) {
                throw new IllegalStateException("the fault test itself failed", schedule.failure.get());
            }
            return new Story(stage.history, stage.log.lines());
        }
    }

    private void play(ExecutorService threads) throws IOException {
        stage.servers.query("MATCH (n) DETACH DELETE n", Map.of());
        stage.cloudMap.load(RegistryFile.parse("the first registry", Editor.FIRST));
        try {
            stage.producers.forEach(slot -> start(threads, () -> stage.events.run(slot, functionsEnded)));
            stage.mappings.forEach(mapping -> start(threads, () -> mapping.run(functionsEnded)));
            stage.events.send(Map.of());
            await("the first snapshot", () -> witness.graph().equals(Contents.ofRegistry(stage.api)));
            var people = new People(stage.scope);
            people.add(stage.servers::query);
            history.add(new Event.PeopleAdded(people.read(stage.servers::query)));
            letFaultsStrike(threads);
            recover();
            drain();
        } finally {
            stage.faults.set(false);
            trialEnded.set(true);
            functionsEnded.set(true);
            readersEnded.set(true);
            stage.endFunctions();
        }
    }

    private void start(ExecutorService threads, Runnable task) {
        threads.execute(() -> {
            try {
                task.run();
            } catch (RuntimeException | Error e) {
                failure.compareAndSet(null, e);
            }
        });
    }

    private void letFaultsStrike(ExecutorService threads) {
        var readers = new Readers(stage.servers.observer, stage.scope, history);
        start(threads, () -> readers.readWithLock(readersEnded));
        start(threads, () -> readers.readFreely(readersEnded));
        start(threads, () -> readers.readFreely(readersEnded));
        var editor = new Editor(stage.api, history, stage.fork());
        var marks = new Marks(stage.servers.observer, stage.scope, history, stage.fork());
        var misfortune = new Misfortune(
                stage.servers,
                witness,
                stage.functions::cutWaysToNeo4j,
                history,
                stage.targets.areAt(Step.DEAD_LETTER),
                stage.fork());
        var misfortuneIsOver = new AtomicBoolean();
        stage.faults.set(true);
        start(threads, () -> editor.run(trialEnded));
        start(threads, () -> marks.run(trialEnded));
        start(threads, () -> {
            try {
                misfortune.run(trialEnded);
            } finally {
                misfortuneIsOver.set(true);
            }
        });
        long started = System.nanoTime();
        long backstop = started + Timings.BACKSTOP.toNanos();
        while (!isTried(Duration.ofNanos(System.nanoTime() - started)) && !enough.test(history)) {
            pause(Duration.ofMillis(200));
            if (System.nanoTime() >= backstop) {
                stage.events.send(order());
                backstop += Timings.BACKSTOP.toNanos();
            }
        }
        stage.faults.set(false);
        trialEnded.set(true);
        await("the last misfortune", misfortuneIsOver::get);
    }

    /** On a busy machine it takes longer to try what has to be tried. */
    private boolean isTried(Duration soFar) {
        return soFar.compareTo(Timings.FAULTS_AT_MOST) >= 0
                || (soFar.compareTo(Timings.FAULTS) >= 0
                        && Least.missingIn(history).isEmpty());
    }

    /** The schedule's empty order, and now and then a person's. */
    private Map<String, Object> order() {
        return switch (random.nextInt(6)) {
            case 0 -> Map.of("fullSync", true);
            case 1 -> Map.of("allowMassDeletion", true);
            default -> Map.of();
        };
    }

    private void recover() {
        // The last change takes effect, and the data plane shows it.
        pause(Duration.ofMillis(700));
        long stopped = System.nanoTime();
        Contents registry = Contents.ofRegistry(stage.api);
        long backstop = stopped;
        Contents graph = witness.graph();
        while (!(graph.equals(registry) && witness.version() >= newestOffered())
                && System.nanoTime() - stopped < recovery.toNanos()
                && !enough.test(history)) {
            if (System.nanoTime() >= backstop) {
                stage.events.send(Map.of());
                backstop = System.nanoTime() + Timings.BACKSTOP.toNanos();
            }
            pause(Duration.ofMillis(50));
            graph = witness.graph();
        }
        history.add(new Event.Recovered(System.nanoTime() - stopped, registry.without(graph), graph.without(registry)));
    }

    /** What was sent may still be on its way, and show less than an older version does that was read late. */
    private long newestOffered() {
        return history.of(Event.Offered.class)
                .mapToLong(Event.Offered::version)
                .max()
                .orElse(0);
    }

    private void drain() {
        Contents registry = Contents.ofRegistry(stage.api);
        long backstop = System.nanoTime() + Timings.BACKSTOP.toNanos();
        long end = System.nanoTime() + recovery.toNanos();
        boolean eventsAreOver = stage.events.areOver();
        Event.Ended left = left(registry);
        int looks = 0;
        while (System.nanoTime() < end && !enough.test(history) && !(eventsAreOver && left.isNothing())) {
            if (System.nanoTime() >= backstop && !left.graphIsEqual()) {
                // A read that stood still may have been sent only now, and the schedule never ends.
                stage.events.send(Map.of());
                backstop = System.nanoTime() + Timings.BACKSTOP.toNanos();
            }
            // What is being worked on is seen by another, too: one more duplicate. Less and less often: a message that
            // was delivered again is not deleted by who had it before, so that however long all of them take, at last
            // each is worked off before it is delivered again.
            if (Integer.bitCount(looks++) <= 1) {
                witness.skipWaits();
            }
            pause(Duration.ofMillis(300));
            eventsAreOver = stage.events.areOver();
            left = left(registry);
        }
        witness.readDeadLetters(history);
        new Readers(stage.servers.observer, stage.scope, history).lockedRead();
        // As it was seen above: a duplicate that somebody still has in hand may take the lock once more, and give it
        // back.
        history.add(left);
    }

    private Event.Ended left(Contents registry) {
        Contents graph = witness.graph();
        return new Event.Ended(
                witness.messages(), witness.locksHeld(), registry.without(graph), graph.without(registry));
    }

    private void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + Timings.RECOVERY.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException(
                        "in vain waited for " + what + "; the log: " + String.join("\n", stage.log.lines()));
            }
            pause(Duration.ofMillis(50));
        }
    }

    private static void pause(Duration length) {
        try {
            Thread.sleep(length);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
