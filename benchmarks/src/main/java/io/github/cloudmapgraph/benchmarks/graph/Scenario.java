package io.github.cloudmapgraph.benchmarks.graph;

/** What has changed since the graph was last made equal. */
enum Scenario {
    FIRST_LOAD("first load"),
    NOTHING_AT_FIRST("nothing changed, right after that"),
    NOTHING("nothing changed"),
    ONE_INSTANCE("one instance changed"),
    ONE_SERVICE_OF_A_HUNDRED("one service of a hundred changed: all its instances are new ones"),
    ONE_ATTRIBUTE("one attribute on every instance"),
    EVERYTHING_REMOVED("everything removed");

    private final String text;

    Scenario(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }
}
