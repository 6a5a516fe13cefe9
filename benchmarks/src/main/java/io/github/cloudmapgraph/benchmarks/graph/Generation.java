package io.github.cloudmapgraph.benchmarks.graph;

/**
 * Tells one state of a registry from the next.
 *
 * @param deployment every hundredth service gets new instances with each
 * @param oneInstance one instance gets another address with each
 * @param attribute every instance gets another value of one attribute with each
 */
record Generation(int deployment, int oneInstance, int attribute) {
    static final Generation FIRST = new Generation(0, 0, 0);

    Generation oneServiceOfAHundred() {
        return new Generation(deployment + 1, oneInstance, attribute);
    }

    Generation anotherAddress() {
        return new Generation(deployment, oneInstance + 1, attribute);
    }

    Generation anotherValueEverywhere() {
        return new Generation(deployment, oneInstance, attribute + 1);
    }
}
