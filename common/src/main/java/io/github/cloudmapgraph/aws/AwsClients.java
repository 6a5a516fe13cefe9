package io.github.cloudmapgraph.aws;

import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.client.config.SdkAdvancedClientOption;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/**
 * Builds AWS SDK clients.
 *
 * <p>Region, credentials and endpoints come from where the SDK always takes them: environment variables
 * ({@code AWS_ENDPOINT_URL}, {@code AWS_ENDPOINT_URL_SQS}, ...), system properties, profiles. A service that is not
 * AWS's own has no host for each of its API's prefixes, nor for each bucket, so none is put before an overridden
 * endpoint.
 *
 * @see <a href="https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html">Service-specific
 *     endpoints</a>
 */
public final class AwsClients {
    /** Sets what the environment does not; the local run names its endpoints here. */
    @FunctionalInterface
    public interface Customizer {
        /** Changes a builder; {@code service} is the client's type, for example {@code SqsClient.class}. */
        void customize(Class<? extends SdkClient> service, AwsClientBuilder<?, ?> builder);
    }

    private final Customizer customizer;

    /** Creates the builder of clients that are configured the SDK's standard way. */
    public AwsClients() {
        this((service, builder) -> {});
    }

    /** Creates the builder of clients that are configured by {@code customizer} first. */
    public AwsClients(Customizer customizer) {
        this.customizer = customizer;
    }

    /** Builds a client with the SDK's standard retries. */
    public <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C extends SdkClient> C build(
            Class<C> service, B builder) {
        return build(service, builder, ClientOverrideConfiguration.builder().build());
    }

    /** Builds a client with retries, time limits or interceptors of its own. */
    public <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C extends SdkClient> C build(
            Class<C> service, B builder, ClientOverrideConfiguration configuration) {
        if (builder instanceof S3ClientBuilder s3) {
            // The JDK's client does not wait well for the go-ahead to send a body, and ours are small.
            s3.serviceConfiguration(s3Configuration -> s3Configuration.expectContinueEnabled(false));
        }
        customizer.customize(service, builder);
        builder.httpClientBuilder(UrlConnectionHttpClient.builder());
        C client = builder.overrideConfiguration(configuration).build();
        if (client.serviceClientConfiguration().endpointOverride().isEmpty()) {
            return client;
        }
        client.close();
        if (builder instanceof S3ClientBuilder s3) {
            s3.forcePathStyle(true);
        }
        return builder.overrideConfiguration(configuration.toBuilder()
                        .putAdvancedOption(SdkAdvancedClientOption.DISABLE_HOST_PREFIX_INJECTION, true)
                        .build())
                .build();
    }
}
