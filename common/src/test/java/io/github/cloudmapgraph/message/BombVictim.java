package io.github.cloudmapgraph.message;

import io.github.cloudmapgraph.testservers.TestAws;
import java.lang.management.ManagementFactory;
import java.net.URI;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.s3.S3Client;

/** Reads stored snapshots in a JVM of its own, whose memory is small, and writes a line for each: what came of it. */
final class BombVictim {
    private BombVictim() {}

    /** Takes the endpoint, the bucket, and keys each followed by the length that the message announces. */
    public static void main(String[] arguments) {
        TestAws.configure();
        var thread = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (S3Client s3 = S3Client.builder()
                .endpointOverride(URI.create(arguments[0]))
                .forcePathStyle(true)
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build()) {
            var reader = new SnapshotReader(s3, arguments[1]);
            for (int i = 2; i < arguments.length; i += 2) {
                long time = thread.getCurrentThreadCpuTime();
                String result = result(reader, arguments[1], arguments[i], arguments[i + 1]);
                System.out.println(
                        arguments[i] + "|" + (thread.getCurrentThreadCpuTime() - time) / 1_000_000 + "|" + result);
            }
        }
    }

    private static String result(SnapshotReader reader, String bucket, String key, String announced) {
        try {
            return "read: "
                    + reader.read(EnvelopeReader.read(Messages.pointer(bucket, key, Long.parseLong(announced))));
        } catch (UnreadableMessageException e) {
            return "refused: " + e.getMessage();
        } catch (Throwable e) {
            return "failed: " + e;
        }
    }
}
