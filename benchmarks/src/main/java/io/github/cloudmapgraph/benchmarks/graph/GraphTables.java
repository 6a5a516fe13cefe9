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
        report.heading("How many times as fast");
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
    }

    private String ratio(String above, String below, Size size, Scenario scenario) {
        Optional<Durations> one = measurements.of(above, size, scenario);
        Optional<Durations> other = measurements.of(below, size, scenario);
        return one.isEmpty() || other.isEmpty() ? "" : Durations.ratio(one.get().times(other.get()));
    }

    private String time(String contender, Size size, Scenario scenario) {
        return measurements
                .of(contender, size, scenario)
                .map(durations -> Durations.text(durations.median()))
                .orElse("");
    }
}
