package io.github.cloudmapgraph.benchmarks.coldstart;

import io.github.cloudmapgraph.aws.AwsClients;
import io.github.cloudmapgraph.json.Json;
import io.github.cloudmapgraph.local.cloudmap.CloudMapOptions;
import io.github.cloudmapgraph.local.cloudmap.CloudMapServer;
import io.github.cloudmapgraph.local.cloudmap.RegistryFile;
import io.github.cloudmapgraph.local.deployment.Resources;
import io.github.cloudmapgraph.local.lambda.QueuePoller;
import io.github.cloudmapgraph.local.servers.DynamoDbServer;
import io.github.cloudmapgraph.local.servers.LoopbackAws;
import io.github.cloudmapgraph.local.servers.Neo4jServer;
import io.github.cloudmapgraph.local.servers.S3Server;
import io.github.cloudmapgraph.local.servers.SecretsManagerServer;
import io.github.cloudmapgraph.local.servers.SqsServer;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.neo4j.driver.AuthTokens;
import org.neo4j.driver.Driver;
import org.neo4j.driver.GraphDatabase;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/** The servers that the functions work on, warm, with the example registry. */
final class Stage implements AutoCloseable {
    private final CloudMapServer cloudMap;
    private final DynamoDbServer dynamoDb = DynamoDbServer.start(0);
    private final SqsServer sqsServer = SqsServer.start(0);
    private final S3Server s3 = S3Server.start(0);
    private final Neo4jServer neo4j = Neo4jServer.start(0, 0);
    private final SecretsManagerServer secrets = SecretsManagerServer.start();
    private final SqsClient sqs;
    private final Resources resources;
    private final Driver driver;

    Stage() throws IOException {
        cloudMap = CloudMapServer.start(
                CloudMapOptions.of(Clock.systemUTC(), LoopbackAws.ACCOUNT, LoopbackAws.REGION.id()));
        cloudMap.load(RegistryFile.example());
        Map<Class<?>, URI> endpoints = Map.of(
                DynamoDbClient.class, dynamoDb.endpoint(),
                SqsClient.class, sqsServer.endpoint(),
                S3Client.class, s3.endpoint());
        var clients = new AwsClients((service, builder) ->
                LoopbackAws.at(builder, Objects.requireNonNull(endpoints.get(service), service.getName())));
        sqs = clients.build(SqsClient.class, SqsClient.builder());
        resources = Resources.create(
                "cold-start",
                sqs,
                clients.build(DynamoDbClient.class, DynamoDbClient.builder()),
                clients.build(S3Client.class, S3Client.builder()));
        driver = GraphDatabase.driver(neo4j.bolt(), AuthTokens.basic(Neo4jServer.USER, Neo4jServer.PASSWORD));
    }

    /** Returns what Lambda sets, what the stack sets, and where the servers are. */
    Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>(Map.of(
                "AWS_REGION",
                LoopbackAws.REGION.id(),
                "AWS_DEFAULT_REGION",
                LoopbackAws.REGION.id(),
                "AWS_ACCESS_KEY_ID",
                LoopbackAws.ACCESS_KEY_ID,
                "AWS_SECRET_ACCESS_KEY",
                LoopbackAws.SECRET_ACCESS_KEY,
                "AWS_SESSION_TOKEN",
                "local"));
        environment.putAll(Map.of(
                "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "1024",
                "AWS_LAMBDA_LOG_FORMAT", "JSON",
                "AWS_EXECUTION_ENV", "AWS_Lambda_java25",
                "LANG", "en_US.UTF-8",
                "TZ", ":UTC",
                "PATH", "/usr/bin:/bin"));
        environment.putAll(Map.of(
                "QUEUE_URL", resources.queueUrl(),
                "DEAD_LETTER_QUEUE_URL", resources.deadLetterQueueUrl(),
                "LOCK_TABLE", resources.lockTable(),
                "SNAPSHOT_BUCKET", resources.bucket(),
                // As at AWS's endpoint, where it is the default.
                "REQUEST_RATE_PERCENT", "90",
                "NEO4J_SECRET_ARN", secrets.secretFor(neo4j.bolt().getPort())));
        // For OneQueryHandler, which asks for no secret.
        environment.putAll(Map.of(
                "BENCHMARK_NEO4J_URI", neo4j.bolt().toString(),
                "BENCHMARK_NEO4J_USER", Neo4jServer.USER,
                "BENCHMARK_NEO4J_PASSWORD", Neo4jServer.PASSWORD));
        environment.putAll(Map.of(
                "AWS_ENDPOINT_URL_SERVICEDISCOVERY", cloudMap.endpoint().toString(),
                "AWS_ENDPOINT_URL_SQS", sqsServer.endpoint().toString(),
                "AWS_ENDPOINT_URL_DYNAMODB", dynamoDb.endpoint().toString(),
                "AWS_ENDPOINT_URL_S3", s3.endpoint().toString(),
                "AWS_ENDPOINT_URL_SECRETS_MANAGER", secrets.endpoint().toString()));
        return environment;
    }

    /** Takes the snapshot that the producer has just sent from the queue, as the event that Lambda makes of it. */
    String takeSnapshot() {
        Message message = sqs.receiveMessage(receive -> receive.queueUrl(resources.queueUrl())
                        .waitTimeSeconds(10)
                        .messageAttributeNames("All")
                        .messageSystemAttributeNames(MessageSystemAttributeName.ALL))
                .messages()
                .getFirst();
        sqs.deleteMessage(delete -> delete.queueUrl(resources.queueUrl()).receiptHandle(message.receiptHandle()));
        return Json.write(QueuePoller.event(List.of(message), resources.queueArn(), LoopbackAws.REGION.id()));
    }

    void emptyGraph() {
        driver.executableQuery("MATCH (n) DETACH DELETE n").execute();
    }

    long instances() {
        return number("MATCH (i:Instance) RETURN count(i) AS number");
    }

    /** Returns the version of the snapshot that was applied last. */
    long version() {
        return number("MATCH (s:SyncState) RETURN s.version AS number");
    }

    private long number(String cypher) {
        return driver.executableQuery(cypher)
                .execute()
                .records()
                .getFirst()
                .get("number")
                .asLong();
    }

    @Override
    public void close() {
        driver.close();
        sqs.close();
        secrets.close();
        cloudMap.close();
        s3.close();
        sqsServer.close();
        dynamoDb.close();
        neo4j.close();
    }
}
