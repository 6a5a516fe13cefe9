package io.github.cloudmapgraph.local.faults;

import java.time.Duration;

/** Short, so that leases and timeouts run out within a schedule, and in the order that the design asks for. */
final class Timings {
    static final Duration TRANSACTION = Duration.ofSeconds(2);
    static final Duration LEASE = Duration.ofSeconds(4);
    /** How wrong a clock is at most. */
    static final Duration CLOCK_OFF = Duration.ofSeconds(3);
    /** A holder whose clock is fast and a claimant whose clock is slow. */
    static final Duration CLOCKS_DIFFER = CLOCK_OFF.multipliedBy(2);
    /** A transaction and the 5 s that the consumer keeps for connecting and telling have to fit in. */
    static final Duration CONSUMER_TIMEOUT = Duration.ofSeconds(9);

    static final Duration VISIBILITY = Duration.ofSeconds(10);
    static final Duration PRODUCER_TIMEOUT = Duration.ofSeconds(7);

    /** How long the faults of a schedule go on. */
    static final Duration FAULTS = Duration.ofSeconds(12);
    /** So long where too little was tried until then. */
    static final Duration FAULTS_AT_MOST = Duration.ofSeconds(45);
    /** The schedule that backs the events; in a deployment minutes. */
    static final Duration BACKSTOP = Duration.ofSeconds(3);
    /** Within this the graph has to equal the registry once the faults have stopped. */
    static final Duration RECOVERY = Duration.ofSeconds(60);

    private Timings() {}
}
