package io.github.cloudmapgraph.benchmarks.graph;

import io.github.cloudmapgraph.consumer.ConsumerHandler;
import io.github.cloudmapgraph.local.lambda.Function;
import io.github.cloudmapgraph.local.lambda.FunctionName;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The consumer's function in a JVM of its own, configured by the environment as in Lambda. */
final class ConsumerMain {
    static final String DONE = "milliseconds and bytes of heap ";

    private ConsumerMain() {}

    /**
     * Takes a file with a message's body, hands it over as SQS does, says how it went and waits for its input to end.
     */
    public static void main(String[] arguments) throws IOException {
        String body = Files.readString(Path.of(arguments[0]));
        var function = new Function(
                new FunctionName("123456789012", "us-east-1", "consumer"),
                new ConsumerHandler(),
                Duration.ofMinutes(3),
                InstantSource.system(),
                System.err);
        Map<String, Object> record = Map.of(
                "messageId",
                UUID.randomUUID().toString(),
                "receiptHandle",
                "none",
                "body",
                body,
                "attributes",
                Map.of("ApproximateReceiveCount", "1"),
                "messageAttributes",
                Map.of(),
                "eventSource",
                "aws:sqs");
        long start = System.nanoTime();
        Map<String, Object> answer = function.invoke(Map.of("Records", List.of(record)), "request");
        long millis = (System.nanoTime() - start) / 1_000_000;
        if (!answer.equals(Map.of("batchItemFailures", List.of()))) {
            throw new IllegalStateException("the message stays: " + answer);
        }
        System.out.println(DONE + millis + " " + peakHeapBytes());
        while (System.in.read() >= 0) {
            // Nothing is said to it.
        }
        System.exit(0);
    }

    /** The most that was in use at once, garbage included. */
    private static long peakHeapBytes() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .mapToLong(pool -> pool.getPeakUsage().getUsed())
                .sum();
    }
}
