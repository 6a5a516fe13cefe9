package io.github.cloudmapgraph.local.flow;

import io.github.cloudmapgraph.aws.AwsClients;
import io.github.cloudmapgraph.local.servers.DynamoDbServer;
import io.github.cloudmapgraph.local.servers.LoopbackAws;
import io.github.cloudmapgraph.local.servers.Neo4jServer;
import io.github.cloudmapgraph.local.servers.S3Server;
import io.github.cloudmapgraph.local.servers.SqsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.neo4j.driver.AuthTokens;
import org.neo4j.driver.Driver;
import org.neo4j.driver.GraphDatabase;
import org.neo4j.driver.Record;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;

/** One set of real servers, shared by all tests of the JVM until it ends: Neo4j takes seconds to start. */
public final class TestServers {
    private static final Neo4jServer NEO4J;
    private static final SqsServer SQS_SERVER;
    private static final DynamoDbServer DYNAMO_DB_SERVER;
    private static final S3Server S3_SERVER;

    public static final Driver DRIVER;
    public static final SqsClient SQS;
    public static final DynamoDbClient DYNAMO_DB;
    public static final S3Client S3;

    static {
        try {
            NEO4J = Neo4jServer.start(0, 0);
            SQS_SERVER = SqsServer.start(0);
            DYNAMO_DB_SERVER = DynamoDbServer.start(0);
            S3_SERVER = S3Server.start(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        DRIVER = GraphDatabase.driver(NEO4J.bolt(), AuthTokens.basic(Neo4jServer.USER, Neo4jServer.PASSWORD));
        SQS = new AwsClients((_, builder) -> LoopbackAws.at(builder, SQS_SERVER.endpoint()))
                .build(SqsClient.class, SqsClient.builder());
        DYNAMO_DB = new AwsClients((_, builder) -> LoopbackAws.at(builder, DYNAMO_DB_SERVER.endpoint()))
                .build(DynamoDbClient.class, DynamoDbClient.builder());
        S3 = new AwsClients((_, builder) -> LoopbackAws.at(builder, S3_SERVER.endpoint()))
                .build(S3Client.class, S3Client.builder());
    }

    private TestServers() {}

    public static URI neo4j() {
        return NEO4J.bolt();
    }

    public static URI sqs() {
        return SQS_SERVER.endpoint();
    }

    public static URI dynamoDb() {
        return DYNAMO_DB_SERVER.endpoint();
    }

    public static URI s3() {
        return S3_SERVER.endpoint();
    }

    public static void clearGraph() {
        run("MATCH (n) DETACH DELETE n");
    }

    public static List<Record> run(String cypher) {
        return run(cypher, Map.of());
    }

    public static List<Record> run(String cypher, Map<String, Object> parameters) {
        return DRIVER.executableQuery(cypher)
                .withParameters(parameters)
                .execute()
                .records();
    }

    public static long count(String cypher) {
        return run(cypher).getFirst().get(0).asLong();
    }
}
