package io.github.cloudmapgraph.producer.read;

import static io.github.cloudmapgraph.producer.read.Operation.GET_OPERATION;

import java.time.Duration;
import software.amazon.awssdk.services.servicediscovery.model.Operation;
import software.amazon.awssdk.services.servicediscovery.model.OperationStatus;

/** Waits for what Cloud Map still works off, so that the read that follows shows it. */
final class PendingOperation {
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    private final CloudMapCalls calls;
    private final Deadline deadline;
    private final Warnings warnings;

    PendingOperation(CloudMapCalls calls, Deadline deadline, Warnings warnings) {
        this.calls = calls;
        this.deadline = deadline;
        this.warnings = warnings;
    }

    void await(String id) throws InterruptedException {
        Duration atFirst = deadline.left();
        while (isPending(id)) {
            Duration left = deadline.left();
            Duration pause = pauseAfter(atFirst.minus(left));
            if (left.compareTo(pause) <= 0) {
                warnings.add("operation " + id + " is still pending: its effect may only show in a later snapshot");
                return;
            }
            Thread.sleep(pause);
        }
    }

    /**
     * Half of the wait so far: the effect is noticed late by no more than that, and in a burst, where every change's
     * invocation asks, each asks seldom.
     */
    private static Duration pauseAfter(Duration waited) {
        Duration half = waited.dividedBy(2);
        if (half.compareTo(SHORTEST_PAUSE) < 0) {
            return SHORTEST_PAUSE;
        }
        return half.compareTo(LONGEST_PAUSE) < 0 ? half : LONGEST_PAUSE;
    }

    private boolean isPending(String id) {
        Operation operation = calls.send(
                        GET_OPERATION,
                        (client, configuration) -> client.getOperation(
                                request -> request.operationId(id).overrideConfiguration(configuration)))
                .operation();
        OperationStatus status = operation == null ? null : operation.status();
        return status == OperationStatus.SUBMITTED || status == OperationStatus.PENDING;
    }
}
