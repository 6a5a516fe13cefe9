package io.github.cloudmapgraph.benchmarks;

/** Measurements that belong together and make one section of {@code docs/performance.md}. */
public interface Suite {
    /** Its name, as in {@code -Dbenchmarks.suites=NAME} and {@code NAME.md}. */
    String name();

    /** The heading of its section. */
    String heading();

    /**
     * Measures.
     *
     * @param shortForm fewer sizes and repetitions; all suites together then take ten minutes at most, on two cores
     * @param report gets the tables
     */
    void run(boolean shortForm, Report report) throws Exception;
}
