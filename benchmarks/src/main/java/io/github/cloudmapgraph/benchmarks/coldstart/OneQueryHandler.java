package io.github.cloudmapgraph.benchmarks.coldstart;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.neo4j.driver.AuthTokens;
import org.neo4j.driver.Driver;
import org.neo4j.driver.GraphDatabase;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * One call of DynamoDB and one query of Neo4j, made with the AWS SDK and Neo4j's driver: the least that a function
 * which takes a lock and then writes to a graph loads.
 */
public final class OneQueryHandler implements RequestStreamHandler {
    // As functions do, for all invocations: to close them takes time too.
    private final DynamoDbClient dynamoDb = DynamoDbClient.builder()
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .build();
    private final Driver driver = GraphDatabase.driver(
            System.getenv("BENCHMARK_NEO4J_URI"),
            AuthTokens.basic(System.getenv("BENCHMARK_NEO4J_USER"), System.getenv("BENCHMARK_NEO4J_PASSWORD")));

    @Override
    public void handleRequest(InputStream payload, OutputStream answer, Context context) throws IOException {
        try (var session = driver.session()) {
            dynamoDb.getItem(get ->
                    get.tableName(System.getenv("LOCK_TABLE")).key(Map.of("pk", AttributeValue.fromS("nothing"))));
            int one = session.executeWrite(transaction ->
                    transaction.run("RETURN 1 AS one").single().get("one").asInt());
            answer.write(("{\"one\":" + one + "}").getBytes(StandardCharsets.UTF_8));
        }
    }
}
