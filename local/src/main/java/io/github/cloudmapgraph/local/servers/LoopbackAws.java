package io.github.cloudmapgraph.local.servers;

import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** The made-up account behind the embedded servers, and how an SDK client is pointed at one of them. */
public final class LoopbackAws {

    /** AWS's own example account. */
    public static final String ACCOUNT = "123456789012";

    public static final Region REGION = Region.US_EAST_1;

    /** The servers check no signature, but the SDK signs nothing without a key. */
    public static final String ACCESS_KEY_ID = "local";

    public static final String SECRET_ACCESS_KEY = "local";

    private LoopbackAws() {}

    /**
     * Points a client at an embedded server. A bucket has no host name here, and the body of an object is sent as it
     * is: the embedded S3 server answers a body in chunks before it has read the checksum that follows them, and closes
     * the connection with the client still writing.
     *
     * @return the same builder
     */
    public static <B extends AwsClientBuilder<?, ?>> B at(B builder, URI endpoint) {
        builder.endpointOverride(endpoint);
        builder.region(REGION);
        builder.credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create(ACCESS_KEY_ID, SECRET_ACCESS_KEY)));
        if (builder instanceof S3ClientBuilder s3) {
            s3.forcePathStyle(true)
                    .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                    .serviceConfiguration(configuration ->
                            configuration.chunkedEncodingEnabled(false).expectContinueEnabled(false));
        }
        return builder;
    }
}
