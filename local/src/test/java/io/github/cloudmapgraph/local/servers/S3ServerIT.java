package io.github.cloudmapgraph.local.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

class S3ServerIT {

    private static final String BUCKET = "snapshots";

    @TempDir
    Path data;

    @Test
    void getObject_afterPutObject_returnsTheBytes() throws IOException {
        byte[] snapshot = new byte[3 << 20];
        new Random(1).nextBytes(snapshot);
        try (var server = S3Server.start(0);
                var client = client(server)) {
            client.createBucket(bucket -> bucket.bucket(BUCKET));
            client.headBucket(bucket -> bucket.bucket(BUCKET));
            client.putObject(
                    put -> put.bucket(BUCKET).key("123456789012:us-east-1/42.json.gz"),
                    RequestBody.fromBytes(snapshot));
            var got = client.getObjectAsBytes(get ->
                    get.bucket(BUCKET).key("123456789012:us-east-1/42.json.gz").checksumMode(ChecksumMode.ENABLED));
            assertThat(got.asByteArray()).isEqualTo(snapshot);
        }
    }

    @Test
    void getObject_whenThereIsNone_saysWhatIsMissing() throws IOException {
        try (var server = S3Server.start(0);
                var client = client(server)) {
            assertThatThrownBy(() -> client.headBucket(bucket -> bucket.bucket(BUCKET)))
                    .isInstanceOf(NoSuchBucketException.class);
            client.createBucket(bucket -> bucket.bucket(BUCKET));
            assertThatThrownBy(() -> client.getObject(get -> get.bucket(BUCKET).key("missing")))
                    .isInstanceOf(NoSuchKeyException.class);
        }
    }

    @Test
    void start_whenTheDirectoryWasUsedBefore_findsTheObjects() throws IOException {
        try (var server = S3Server.start(0, data);
                var client = client(server)) {
            client.createBucket(bucket -> bucket.bucket(BUCKET));
            client.putObject(put -> put.bucket(BUCKET).key("a/b"), RequestBody.fromString("kept"));
        }
        try (var server = S3Server.start(0, data);
                var client = client(server)) {
            assertThat(client.getObjectAsBytes(get -> get.bucket(BUCKET).key("a/b"))
                            .asUtf8String())
                    .isEqualTo("kept");
        }
    }

    private static S3Client client(S3Server server) {
        return LoopbackAws.at(S3Client.builder(), server.endpoint()).build();
    }
}
