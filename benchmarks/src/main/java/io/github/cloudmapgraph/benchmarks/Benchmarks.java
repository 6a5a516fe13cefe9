package io.github.cloudmapgraph.benchmarks;

import io.github.cloudmapgraph.benchmarks.coldstart.ColdStartSuite;
import io.github.cloudmapgraph.benchmarks.flow.FlowSuite;
import io.github.cloudmapgraph.benchmarks.graph.GraphSuite;
import io.github.cloudmapgraph.benchmarks.read.ReadSuite;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Runs the suites, one after the other, prints their tables and leaves each in a file.
 *
 * <p>System properties: {@code benchmarks.suites} (names separated by commas; empty: all), {@code benchmarks.short},
 * {@code benchmarks.results} (a directory).
 */
public final class Benchmarks {
    private static final List<Suite> SUITES =
            List.of(new GraphSuite(), new ReadSuite(), new FlowSuite(), new ColdStartSuite());

    private Benchmarks() {}

    public static void main(String[] arguments) throws Exception {
        Set<String> names = names(System.getProperty("benchmarks.suites", ""));
        boolean shortForm = Boolean.getBoolean("benchmarks.short");
        Path results = Path.of(System.getProperty("benchmarks.results", "target/results"));

        Machine machine = Machine.here();
        for (Suite suite : SUITES) {
            if (names.contains(suite.name())) {
                System.out.println("Measuring: " + suite.name());
                var report = new Report(suite.heading(), machine);
                suite.run(shortForm, report);
                report.write(results.resolve(suite.name() + ".md"));
                System.out.println(report);
            }
        }
        // Servers that were embedded may leave threads that are no daemons.
        System.exit(0);
    }

    private static Set<String> names(String property) {
        Set<String> known = SUITES.stream().map(Suite::name).collect(Collectors.toSet());
        Set<String> asked = Arrays.stream(property.split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toSet());
        if (!known.containsAll(asked)) {
            throw new IllegalArgumentException("benchmarks.suites is " + asked + "; there are " + known);
        }
        return asked.isEmpty() ? known : asked;
    }
}
