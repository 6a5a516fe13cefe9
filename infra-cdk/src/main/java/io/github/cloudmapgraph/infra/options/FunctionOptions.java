package io.github.cloudmapgraph.infra.options;

/**
 * How the functions work.
 *
 * @param producerMemoryMb also sets the share of a CPU; as {@code consumerMemoryMb}
 * @param transactionTimeoutSeconds when Neo4j ends an update; the lease, the consumer's timeout and the queue's
 *     visibility timeout follow from it
 * @param readConcurrency how many services are read at once
 * @param requestRatePercent the share of Cloud Map's known request rates to use
 * @param pendingOperationSeconds how long a change that is still pending is waited for
 */
public record FunctionOptions(
        int producerMemoryMb,
        int consumerMemoryMb,
        int transactionTimeoutSeconds,
        int readConcurrency,
        int requestRatePercent,
        int pendingOperationSeconds,
        MassDeletion massDeletion) {
    /** The least that a JVM with the AWS SDK starts in at a bearable speed. */
    private static final int LEAST_MEMORY_MB = 512;

    /** Lambda's own limit. */
    private static final int MOST_MEMORY_MB = 10_240;

    /**
     * Which deletions are confirmed first.
     *
     * @param minServices a scope with fewer is never held back
     * @param percent the share of services that may go unconfirmed
     * @param confirmations how many snapshots in a row have to say the same
     */
    public record MassDeletion(int minServices, int percent, int confirmations) {}

    static FunctionOptions read(ContextReader reader) {
        return new FunctionOptions(
                reader.number("producerMemoryMb", 1024, LEAST_MEMORY_MB, MOST_MEMORY_MB),
                reader.number("consumerMemoryMb", 1024, LEAST_MEMORY_MB, MOST_MEMORY_MB),
                // The consumer's timeout is 80 s longer, and Lambda's limit is 900 s.
                reader.number("transactionTimeoutSeconds", 100, 10, 820),
                reader.number("readConcurrency", 32, 1, 256),
                reader.number("requestRatePercent", 90, 1, 1000),
                reader.number("pendingOperationSeconds", 10, 0, 60),
                new MassDeletion(
                        reader.number("massDeletionMinServices", 10, 1, Integer.MAX_VALUE),
                        reader.number("massDeletionPercent", 50, 1, 100),
                        reader.number("massDeletionConfirmations", 3, 1, 1000)));
    }
}
