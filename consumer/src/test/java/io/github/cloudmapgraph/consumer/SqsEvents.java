package io.github.cloudmapgraph.consumer;

import io.github.cloudmapgraph.json.Json;
import io.github.cloudmapgraph.message.SnapshotWriter;
import io.github.cloudmapgraph.snapshot.Orders;
import io.github.cloudmapgraph.snapshot.Snapshot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.s3.S3Client;

/** Writes the consumer's payloads of {@code events/}, with bodies that the producer's own writer made. */
final class SqsEvents {
    static final Path FOLDER = Path.of("..", "events");
    static final String BUCKET = "cloud-map-graph-snapshots";
    private static final int SQS_LIMIT = 1_048_576;

    private SqsEvents() {}

    /** Returns the payloads by their files' names; {@code s3} is told what is stored. */
    static Map<String, String> files(S3Client s3) {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("sqs-batch-one-snapshot.json", event(List.of(inline(s3, ExampleSnapshots.version(1)))));
        files.put(
                "sqs-batch-three-versions.json",
                event(List.of(
                        // As a standard queue may hand them over: not in their order.
                        inline(s3, ExampleSnapshots.version(3)),
                        inline(s3, ExampleSnapshots.version(2)),
                        inline(s3, ExampleSnapshots.snapshot(4, new Orders(true, false), ExampleSnapshots.names(3))))));
        String body = inline(s3, ExampleSnapshots.version(1));
        files.put(
                "sqs-batch-unreadable.json",
                event(List.of(
                        "This is not a snapshot.",
                        body.replace("\"format\":1", "\"format\":2"),
                        body.replace("ServiceMail", "ServiceMale"),
                        body.replace("123456789012:us-east-1\"", "everywhere\""))));
        files.put(
                "sqs-batch-stored-snapshot.json",
                event(List.of(new SnapshotWriter(s3, BUCKET, 1)
                        .write(ExampleSnapshots.version(5))
                        .text())));
        return files;
    }

    private static String inline(S3Client s3, Snapshot snapshot) {
        return new SnapshotWriter(s3, "", SQS_LIMIT).write(snapshot).text();
    }

    private static String event(List<String> bodies) {
        StringBuilder records = new StringBuilder();
        for (int i = 0; i < bodies.size(); i++) {
            records.append(i == 0 ? "" : ",\n").append(record(i + 1, bodies.get(i)));
        }
        return "{\n  \"Records\": [\n" + records + "\n  ]\n}\n";
    }

    private static String record(int number, String body) {
        long sent = ExampleSnapshots.FIRST.plusSeconds(60).toEpochMilli();
        return """
            {
              "messageId": "00000000-0000-4000-8000-%012d",
              "receiptHandle": "AQEBexample%d",
              "body": %s,
              "attributes": {
                "ApproximateReceiveCount": "1",
                "SentTimestamp": "%d",
                "SenderId": "AROAEXAMPLE:cloud-map-graph-producer",
                "ApproximateFirstReceiveTimestamp": "%d"
              },
              "messageAttributes": {},
              "md5OfBody": "%s",
              "eventSource": "aws:sqs",
              "eventSourceARN": "arn:aws:sqs:us-east-1:123456789012:cloud-map-graph-snapshots",
              "awsRegion": "us-east-1"
            }\
            """.formatted(number, number, text(body), sent, sent + 20, md5(body))
                .indent(4)
                .stripTrailing();
    }

    private static String text(String value) {
        String object = Json.write(Map.of("v", value));
        return object.substring("{\"v\":".length(), object.length() - 1);
    }

    private static String md5(String body) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("MD5").digest(body.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Writes the files anew, beside this module. */
    static void write(S3Client s3) throws IOException {
        Files.createDirectories(FOLDER);
        for (var file : files(s3).entrySet()) {
            Files.writeString(FOLDER.resolve(file.getKey()), file.getValue());
        }
    }
}
