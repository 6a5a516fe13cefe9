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
    static final String MILLISECONDS = "milliseconds ";
    static final String HEAP_BYTES = "bytes of heap ";

    private ConsumerMain() {}

    /** Takes files with messages' bodies, hands them over as SQS does, says how each went; ends when its input does. */
    public static void main(String[] arguments) throws IOException {
        var function = new Function(
                new FunctionName("123456789012", "us-east-1", "consumer"),
                new ConsumerHandler(),
                Duration.ofMinutes(3),
                InstantSource.system(),
                System.err);
        for (String file : arguments) {
            System.out.println(MILLISECONDS + invoke(function, Files.readString(Path.of(file))));
        }
        System.out.println(HEAP_BYTES + peakHeapBytes());
        while (System.in.read() >= 0) {
            // Nothing is said to it.
        }
        System.exit(0);
    }

    private static long invoke(Function function, String body) {
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
        if (!answer.equals(Map.of("batchItemFailures", List.of()))) {
            throw new IllegalStateException("the message stays: " + answer);
        }
        return (System.nanoTime() - start) / 1_000_000;
    }

    /** The most that was in use at once, garbage included. */
    private static long peakHeapBytes() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .mapToLong(pool -> pool.getPeakUsage().getUsed())
                .sum();
    }
}
