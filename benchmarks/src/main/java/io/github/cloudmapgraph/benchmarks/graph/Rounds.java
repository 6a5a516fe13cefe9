package io.github.cloudmapgraph.benchmarks.graph;

import io.github.cloudmapgraph.snapshot.Registry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Runs every way through every scenario, in turns and in an order drawn anew for each round. */
final class Rounds {
    /** The article's algorithm takes minutes for more. */
    private static final int MOST_FOR_THE_ARTICLE = 1_000;

    /** Where it costs little, more often: a short time varies more. */
    private static final int REPETITIONS = 5;

    /** Mark and sweep takes seconds for each. */
    private static final int REPETITIONS_OF_SWEEP = 2;

    static final String FLOOR = "floor";

    /** What a function does of an update before the clock starts, where it reads the snapshot. */
    static final String DIGESTS = "digests of the services";

    private final Graph graph;
    private final Contender ours;
    private final Contender sweep;
    private final Contender article;
    private final Measurements measurements;
    private final boolean shortForm;

    /** Always the same orders. */
    private final Random random = new Random(5);

    /**
     * Prepares the graph.
     *
     * @param shortForm the article's algorithm goes through no other scenario, and mark and sweep through each once
     */
    Rounds(Graph graph, Measurements measurements, boolean shortForm) {
        this.graph = graph;
        this.measurements = measurements;
        this.shortForm = shortForm;
        this.ours = new CloudMapGraph(graph);
        this.sweep = new MarkAndSweep(graph);
        this.article = new Article(graph);
        // Makes the constraints and indexes, which all of them use.
        ours.update(Registries.empty()).run();
    }

    void run(Size size) {
        List<Runnable> turns = new ArrayList<>(List.of(
                () -> throughAll(ours, size, REPETITIONS),
                () -> throughAll(sweep, size, shortForm ? 1 : REPETITIONS_OF_SWEEP),
                () -> floor(size)));
        turns.add(() -> measurements.time(DIGESTS, size, Scenario.FIRST_LOAD, CloudMapGraph.digest(size)));
        if (size.instances() <= MOST_FOR_THE_ARTICLE) {
            turns.add(() -> {
                if (shortForm) {
                    firstLoad(article, size);
                } else {
                    throughAll(article, size, 1);
                }
            });
        }
        Collections.shuffle(turns, random);
        turns.forEach(Runnable::run);
    }

    private void throughAll(Contender contender, Size size, int repetitions) {
        Generation generation = Generation.FIRST;
        Registry first = Registries.of(size, generation);
        firstLoad(contender, size);
        time(contender, size, Scenario.NOTHING_AT_FIRST, first);
        for (int i = 0; i < repetitions; i++) {
            time(contender, size, Scenario.NOTHING, first);
            generation = generation.anotherAddress();
            time(contender, size, Scenario.ONE_INSTANCE, Registries.of(size, generation));
            generation = generation.oneServiceOfAHundred();
            time(contender, size, Scenario.ONE_SERVICE_OF_A_HUNDRED, Registries.of(size, generation));
            first = Registries.of(size, generation);
        }
        generation = generation.anotherValueEverywhere();
        time(contender, size, Scenario.ONE_ATTRIBUTE, Registries.of(size, generation));
        requireEqual(size);
        time(contender, size, Scenario.EVERYTHING_REMOVED, Registries.empty());
        requireEqual(new Size(0, 1));
    }

    private void firstLoad(Contender contender, Size size) {
        graph.clear();
        time(contender, size, Scenario.FIRST_LOAD, Registries.of(size, Generation.FIRST));
        requireEqual(size);
    }

    private void time(Contender contender, Size size, Scenario scenario, Registry registry) {
        measurements.time(contender.name(), size, scenario, contender.update(registry));
    }

    private void floor(Size size) {
        graph.clear();
        ours.update(Registries.of(size, Generation.FIRST)).run();
        Runnable load = new Floor(graph).load();
        graph.clear();
        measurements.time(FLOOR, size, Scenario.FIRST_LOAD, load);
        requireEqual(size);
    }

    /** Whoever is fast because he does less is not measured. */
    private void requireEqual(Size size) {
        long services = size.services();
        List<Long> expected = List.of(
                services == 0 ? 0L : Math.clamp(services / 20, 1, 50),
                services,
                (long) size.instances(),
                (long) size.instances(),
                services,
                2 * services);
        List<Long> found = graph.counts();
        if (!found.equals(expected)) {
            throw new IllegalStateException("the graph holds " + found + " and should hold " + expected);
        }
    }
}
