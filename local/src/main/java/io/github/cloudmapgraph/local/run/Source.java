package io.github.cloudmapgraph.local.run;

import io.github.cloudmapgraph.local.servers.LoopbackAws;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * Whose Cloud Map is read.
 *
 * @param credentials of a real account; empty for the embedded endpoint
 */
record Source(String account, Region region, Optional<AwsCredentialsProvider> credentials) {
    static Source embedded() {
        return new Source(LoopbackAws.ACCOUNT, LoopbackAws.REGION, Optional.empty());
    }

    /**
     * Finds the real account that the options mean.
     *
     * @throws UserException if there are no credentials, or no region
     */
    static Source of(LocalOptions.Aws options) {
        var credentials = DefaultCredentialsProvider.builder();
        if (options.profile != null) {
            credentials.profileName(options.profile);
        }
        AwsCredentialsProvider provider = credentials.build();
        Region region = region(options);
        try (var sts = StsClient.builder()
                .region(region)
                .credentialsProvider(provider)
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build()) {
            return new Source(sts.getCallerIdentity().account(), region, Optional.of(provider));
        } catch (AwsServiceException e) {
            throw new UserException("AWS does not accept the credentials ("
                    + e.awsErrorDetails().errorCode() + "); sign in again, or name another --profile");
        } catch (SdkClientException e) {
            throw new UserException("There are no AWS credentials to use: configure them (aws configure, aws sso login,"
                    + " AWS_ACCESS_KEY_ID), or name a --profile that has some" + reason(e));
        }
    }

    private static Region region(LocalOptions.Aws options) {
        if (options.region != null) {
            return Region.of(options.region);
        }
        try {
            var chain = DefaultAwsRegionProviderChain.builder();
            if (options.profile != null) {
                chain.profileName(options.profile);
            }
            return chain.build().getRegion();
        } catch (SdkException e) {
            throw new UserException("No region is configured: name one with --region, for example --region eu-west-1");
        }
    }

    /** What the SDK says beyond that it found nothing in any of its places, whose list is of no help. */
    private static String reason(SdkException e) {
        String message = String.valueOf(e.getMessage());
        return message.startsWith("Unable to load credentials") ? "" : " (" + message + ")";
    }

    /** Points the Cloud Map client of the producer at the account. */
    void customize(AwsClientBuilder<?, ?> builder) {
        builder.region(region);
        credentials.ifPresent(builder::credentialsProvider);
    }
}
