package io.github.cloudmapgraph.local.faults;

import io.github.cloudmapgraph.local.servers.DynamoDbServer;
import io.github.cloudmapgraph.local.servers.LoopbackAws;
import io.github.cloudmapgraph.local.servers.Neo4jServer;
import io.github.cloudmapgraph.local.servers.S3Server;
import io.github.cloudmapgraph.local.servers.SecretsManagerServer;
import io.github.cloudmapgraph.local.servers.SqsServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.logging.Logger;
import org.neo4j.driver.AuthTokens;
import org.neo4j.driver.Driver;
import org.neo4j.driver.GraphDatabase;
import org.neo4j.driver.Record;
import org.neo4j.driver.SessionConfig;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The real servers, shared by schedules that follow each other. */
final class Servers implements AutoCloseable {
    /** Tells at length of every connection that a fault breaks. Held, for java.util.logging forgets it otherwise. */
    private static final Logger DRIVER_LOG = Logger.getLogger("org.neo4j.driver");

    /** A user of Neo4j whose password nobody rotates. */
    private static final String OBSERVER = "observer";

    private final Path neo4jData;
    private final SqsServer sqs = SqsServer.start(0);
    private final DynamoDbServer dynamoDb = DynamoDbServer.start(0);
    private final S3Server s3 = S3Server.start(0);
    private Neo4jServer neo4j;
    private final int boltPort;
    final SecretsManagerServer secrets = SecretsManagerServer.start();

    /** Reaches Neo4j past every fault. */
    final Driver observer;

    Servers(Path directory) throws IOException {
        DRIVER_LOG.setUseParentHandlers(false);
        neo4jData = directory.resolve("neo4j");
        neo4j = Neo4jServer.start(0, 0, neo4jData);
        boltPort = neo4j.bolt().getPort();
        try (Driver first = driver(Neo4jServer.USER, Neo4jServer.PASSWORD)) {
            inSystem(first, "CREATE USER $user SET PASSWORD $password CHANGE NOT REQUIRED", OBSERVER);
        }
        observer = driver(OBSERVER, Neo4jServer.PASSWORD);
        WarmUp.run(observer);
    }

    private Driver driver(String user, String password) {
        return GraphDatabase.driver(neo4j.bolt(), AuthTokens.basic(user, password));
    }

    private static void inSystem(Driver driver, String command, String user) {
        inSystem(driver, command, Map.of("user", user, "password", Neo4jServer.PASSWORD));
    }

    private static void inSystem(Driver driver, String command, Map<String, Object> parameters) {
        try (var session = driver.session(SessionConfig.forDatabase("system"))) {
            session.run(command, parameters).consume();
        }
    }

    int neo4jPort() {
        return boltPort;
    }

    synchronized void restartNeo4j() throws IOException {
        neo4j.close();
        neo4j = Neo4jServer.start(boltPort, 0, neo4jData);
    }

    /** Changes the password in Neo4j; the secret is for the caller to change. */
    void setNeo4jPassword(String password) {
        inSystem(
                observer,
                "ALTER USER $user SET PASSWORD $password CHANGE NOT REQUIRED",
                Map.of("user", Neo4jServer.USER, "password", password));
    }

    List<Record> query(String cypher, Map<String, Object> parameters) {
        return observer.executableQuery(cypher)
                .withParameters(parameters)
                .execute()
                .records();
    }

    /** Points a client at its server; Cloud Map's is the caller's. */
    void customize(Class<? extends SdkClient> service, AwsClientBuilder<?, ?> builder, URI cloudMap) {
        URI endpoint = cloudMap;
        if (service == DynamoDbClient.class) {
            endpoint = dynamoDb.endpoint();
        } else if (service == SqsClient.class) {
            endpoint = sqs.endpoint();
        } else if (service == S3Client.class) {
            endpoint = s3.endpoint();
        } else if (service == SecretsManagerClient.class) {
            endpoint = secrets.endpoint();
        }
        LoopbackAws.at(builder, endpoint);
    }

    @Override
    public void close() {
        observer.close();
        neo4j.close();
        secrets.close();
        s3.close();
        dynamoDb.close();
        sqs.close();
    }
}
