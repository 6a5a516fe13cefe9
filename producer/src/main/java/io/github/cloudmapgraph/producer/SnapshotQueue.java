package io.github.cloudmapgraph.producer;

import io.github.cloudmapgraph.message.SnapshotWriter;
import io.github.cloudmapgraph.snapshot.Snapshot;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The queue that snapshots are sent to. */
final class SnapshotQueue {
    /**
     * A snapshot that the queue has taken.
     *
     * @param messageId SQS's; the snapshot's update_id in the graph
     * @param contentBytes the length of the registry's JSON
     * @param storedAt the key of the stored object, where the registry did not fit into the message
     */
    record Sent(String messageId, long contentBytes, int messageBytes, Optional<String> storedAt) {}

    private final SqsClient sqs;
    private final String url;
    private final SnapshotWriter writer;

    SnapshotQueue(SqsClient sqs, String url, SnapshotWriter writer) {
        this.sqs = sqs;
        this.url = url;
        this.writer = writer;
    }

    Sent send(Snapshot snapshot) {
        SnapshotWriter.Body body = writer.write(snapshot);
        String messageId = sqs.sendMessage(request -> request.queueUrl(url).messageBody(body.text()))
                .messageId();
        return new Sent(
                messageId, body.contentBytes(), body.text().getBytes(StandardCharsets.UTF_8).length, body.storedAt());
    }
}
