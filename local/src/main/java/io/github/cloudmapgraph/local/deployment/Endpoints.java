package io.github.cloudmapgraph.local.deployment;

import io.github.cloudmapgraph.aws.AwsClients;
import io.github.cloudmapgraph.local.servers.LoopbackAws;
import java.net.URI;
import java.util.function.Consumer;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.servicediscovery.ServiceDiscoveryClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Where a deployment finds what it runs on.
 *
 * @param cloudMap points a client at an endpoint of its own, or at an account
 * @param neo4j with the user and password of the embedded server
 */
public record Endpoints(Consumer<AwsClientBuilder<?, ?>> cloudMap, URI sqs, URI dynamoDb, URI s3, URI neo4j) {
    AwsClients clients() {
        return new AwsClients(this::customize);
    }

    private void customize(Class<? extends SdkClient> service, AwsClientBuilder<?, ?> builder) {
        if (service == ServiceDiscoveryClient.class) {
            cloudMap.accept(builder);
        } else if (service == SqsClient.class) {
            LoopbackAws.at(builder, sqs);
        } else if (service == DynamoDbClient.class) {
            LoopbackAws.at(builder, dynamoDb);
        } else if (service == S3Client.class) {
            LoopbackAws.at(builder, s3);
        } else {
            throw new IllegalArgumentException("the local run has no " + service.getSimpleName());
        }
    }
}
