package io.github.cloudmapgraph.consumer.servers;

import io.github.cloudmapgraph.aws.AwsClients;
import java.net.URI;
import java.util.Map;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import org.gaul.s3proxy.AuthenticationType;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** All servers, started once in the JVM. */
public final class ServersForTests {
    private static final Map<Class<? extends SdkClient>, URI> ENDPOINTS;
    public static final SecretsForTests SECRETS;
    public static final Certificates CERTIFICATES;
    public static final Neo4jWithPasswords NEO4J;

    static {
        try {
            CERTIFICATES = new Certificates();
            NEO4J = new Neo4jWithPasswords(CERTIFICATES);
            SECRETS = new SecretsForTests();
            ENDPOINTS = Map.of(
                    SqsClient.class, startSqs(),
                    DynamoDbClient.class, DynamoDbForTests.start(),
                    S3Client.class, startS3(),
                    SecretsManagerClient.class, SECRETS.endpoint());
        } catch (Exception e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Clients of the servers, as the handler gets them. */
    public static final AwsClients AWS = new AwsClients((service, builder) -> {
        builder.endpointOverride(endpoint(service))
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")));
        if (builder instanceof S3ClientBuilder s3) {
            // The server answers a body in chunks before it has read the checksum that follows them.
            s3.forcePathStyle(true)
                    .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                    .serviceConfiguration(configuration ->
                            configuration.chunkedEncodingEnabled(false).expectContinueEnabled(false));
        }
    });

    private ServersForTests() {}

    /** Returns the address of a service's server. */
    public static URI endpoint(Class<? extends SdkClient> service) {
        URI endpoint = ENDPOINTS.get(service);
        if (endpoint == null) {
            throw new IllegalArgumentException("no test server for " + service);
        }
        return endpoint;
    }

    private static URI startSqs() {
        int port = SQSRestServerBuilder.withInterface("127.0.0.1")
                .withPort(0)
                .start()
                .waitUntilStarted()
                .localAddress()
                .getPort();
        return URI.create("http://127.0.0.1:" + port);
    }

    private static URI startS3() throws Exception {
        S3Proxy server = S3Proxy.builder()
                .blobStore(new TransientNio2BlobStore())
                .endpoint(URI.create("http://127.0.0.1:0"))
                .awsAuthentication(AuthenticationType.NONE, "", "")
                .ignoreUnknownHeaders(true)
                .build();
        server.start();
        return URI.create("http://127.0.0.1:" + server.getPort());
    }
}
