package io.github.cloudmapgraph.benchmarks.graph;

import io.github.cloudmapgraph.benchmarks.Durations;
import io.github.cloudmapgraph.benchmarks.Report;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The tables of what was measured: ratios first. */
record GraphTables(Measurements measurements, List<Size> sizes) {
    private static final String OURS = "Cloud Map Graph";
    private static final String SWEEP = "batched mark and sweep";
    private static final String ARTICLE = "the article's algorithm";

    void write(Report report) {
        report.table("what | instances | to reach | measured", targets());

        report.heading("Each scenario");
        report.paragraph(
                "The others' median divided by Cloud Map Graph's; for the floor, Cloud Map Graph's divided by the"
                        + " floor's.");
        List<List<String>> ratios = new ArrayList<>();
        for (Size size : sizes) {
            for (Scenario scenario : Scenario.values()) {
                ratios.add(List.of(
                        size.text(),
                        scenario.text(),
                        ratio(SWEEP, OURS, size, scenario),
                        ratio(ARTICLE, OURS, size, scenario),
                        ratio(OURS, Rounds.FLOOR, size, scenario)));
            }
        }
        report.table(
                "instances | what changed | faster than batched mark and sweep | faster than the article's algorithm |"
                        + " times the floor",
                ratios);

        report.heading("Times");
        List<List<String>> times = new ArrayList<>();
        for (Size size : sizes) {
            for (Scenario scenario : Scenario.values()) {
                times.add(List.of(
                        size.text(),
                        scenario.text(),
                        time(OURS, size, scenario),
                        time(Rounds.FLOOR, size, scenario),
                        time(SWEEP, size, scenario),
                        time(ARTICLE, size, scenario)));
            }
        }
        report.table("instances | what changed | Cloud Map Graph | floor | mark and sweep | the article's", times);

        report.paragraph("Cloud Map Graph's times begin when the services are digested, which a function does with each"
                + " snapshot that it reads:");
        report.table(
                "instances | to digest the services",
                sizes.stream()
                        .map(size -> List.of(size.text(), time(Rounds.DIGESTS, size, Scenario.FIRST_LOAD)))
                        .toList());
    }

    private List<List<String>> targets() {
        List<List<String>> rows = new ArrayList<>();
        for (Size size : sizes) {
            if (size.instances() == 1_000) {
                rows.add(target(
                        "first load, times as fast as the article's algorithm",
                        size,
                        "at least 50",
                        ratio(ARTICLE, OURS, size, Scenario.FIRST_LOAD)));
                rows.add(target(
                        "nothing changed, times as fast as the article's algorithm",
                        size,
                        "at least 50",
                        ratio(ARTICLE, OURS, size, Scenario.NOTHING)));
            }
            if (size.instances() == 100_000) {
                rows.addAll(targetsOfTheLargest(size));
            }
        }
        // What the short form leaves out.
        rows.removeIf(row -> row.getLast().isEmpty());
        return rows;
    }

    private List<List<String>> targetsOfTheLargest(Size size) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(target(
                "first load, times the floor",
                size,
                "at most 1.15",
                ratio(OURS, Rounds.FLOOR, size, Scenario.FIRST_LOAD)));
        rows.add(target(
                "first load, times batched mark and sweep",
                size,
                "at most 0.85",
                ratio(OURS, SWEEP, size, Scenario.FIRST_LOAD)));
        rows.add(target(
                "nothing changed, times as fast as batched mark and sweep",
                size,
                "at least 200",
                ratio(SWEEP, OURS, size, Scenario.NOTHING)));
        rows.add(target(
                "one service of a hundred changed, times as fast as the first load",
                size,
                "at least 20",
                ratio(
                        measurements.of(OURS, size, Scenario.FIRST_LOAD),
                        measurements.of(OURS, size, Scenario.ONE_SERVICE_OF_A_HUNDRED))));
        sizes.stream()
                .filter(other -> other.instances() == 10_000 && other.services() == size.services())
                .forEach(other -> rows.add(target(
                        "nothing changed, times the same with 10,000 in as many services",
                        size,
                        "at most 1.5",
                        ratio(
                                measurements.of(OURS, size, Scenario.NOTHING),
                                measurements.of(OURS, other, Scenario.NOTHING)))));
        return rows;
    }

    private static List<String> target(String what, Size size, String toReach, String measured) {
        return List.of(what, size.text(), toReach, measured);
    }

    private String ratio(String above, String below, Size size, Scenario scenario) {
        return ratio(measurements.of(above, size, scenario), measurements.of(below, size, scenario));
    }

    private static String ratio(Optional<Durations> one, Optional<Durations> other) {
        return one.isEmpty() || other.isEmpty() ? "" : Durations.ratio(one.get().times(other.get()));
    }

    private String time(String contender, Size size, Scenario scenario) {
        return measurements
                .of(contender, size, scenario)
                .map(durations -> Durations.text(durations.median()))
                .orElse("");
    }
}
