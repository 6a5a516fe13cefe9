package io.github.cloudmapgraph.message;

import io.github.cloudmapgraph.snapshot.Health;
import io.github.cloudmapgraph.snapshot.HealthCheck;
import io.github.cloudmapgraph.snapshot.Instance;
import io.github.cloudmapgraph.snapshot.Namespace;
import io.github.cloudmapgraph.snapshot.Orders;
import io.github.cloudmapgraph.snapshot.Registry;
import io.github.cloudmapgraph.snapshot.Scope;
import io.github.cloudmapgraph.snapshot.Service;
import io.github.cloudmapgraph.snapshot.Snapshot;
import io.github.cloudmapgraph.snapshot.SnapshotHeader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Snapshots and messages to start from. */
final class Messages {
    static final SnapshotHeader HEADER = new SnapshotHeader(
            Scope.of("111122223333", "eu-west-1", "blue"),
            1_769_860_800_123L,
            Instant.parse("2026-01-31T12:00:01.5Z"),
            Optional.of(Instant.parse("2026-01-31T11:59:59Z")),
            new Orders(true, false));

    private Messages() {}

    static Snapshot snapshot(int instances) {
        return new Snapshot(HEADER, registry(instances));
    }

    static Registry registry(int instances) {
        var service = new Service(
                "arn:service",
                "srv-1",
                "cart",
                "HTTP",
                "",
                Optional.empty(),
                new HealthCheck.Custom(),
                Map.of("team", "blue"),
                Map.of(),
                IntStream.range(0, instances)
                        .mapToObj(i -> new Instance("i-" + i, Health.HEALTHY, Map.of("AWS_INSTANCE_IPV4", "10.0.0.1")))
                        .toList());
        return new Registry(
                List.of(new Namespace(
                        "arn:namespace", "ns-1", "shop", "HTTP", "", "111122223333", "shop", "", List.of(service))),
                List.of());
    }

    /** The registry's JSON, as it stands in messages and stored objects. */
    static byte[] content(Registry registry) {
        var bytes = new ByteArrayOutputStream();
        try {
            RegistryWriter.write(registry, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** A message with this content, counted as an empty registry. */
    static String message(String content) {
        return message(content, Digests.text(Digests.sha256().digest(content.getBytes(StandardCharsets.UTF_8))));
    }

    static String message(String content, String digest) {
        return """
            {"format": 1, "scope": "111122223333:eu-west-1", "version": 5, "captured_at": "2026-01-31T12:00:00Z",
             "counts": {"namespaces": 0, "services": 0, "instances": 0}, "digest": "%s", "content_bytes": %d,
             "content": %s}\
            """.formatted(digest, content.getBytes(StandardCharsets.UTF_8).length, content);
    }

    /** A message that points to a stored snapshot. */
    static String pointer(String bucket, String key, long contentBytes) {
        return """
            {"format": 1, "scope": "111122223333:eu-west-1", "version": 5, "captured_at": "2026-01-31T12:00:00Z",
             "counts": {"namespaces": 0, "services": 0, "instances": 0}, "digest": "d", "content_bytes": %d,
             "content_at": {"bucket": "%s", "key": "%s"}}\
            """.formatted(contentBytes, bucket, key);
    }
}
