package io.github.cloudmapgraph.consumer;

import static io.github.cloudmapgraph.consumer.servers.ServersForTests.NEO4J;
import static io.github.cloudmapgraph.consumer.servers.ServersForTests.SECRETS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

class SelfCheckIT {
    private static final Map<String, Object> CHECK = Map.of("check", true);

    private final Deployment deployment = new Deployment();

    @AfterEach
    void close() {
        deployment.close();
    }

    @Test
    void check_passesAndChangesNothing_whenAllIsThere() {
        Map<String, Object> answer = check();

        assertThat(answer).as("%s", answer).containsEntry("outcome", "check passed");
        assertThat(statuses(answer))
                .contains(
                        "Configuration OK",
                        "Function timeout OK",
                        "Queue OK",
                        "Queue: hiding a message OK",
                        "Queue: visibility timeout OK",
                        "Dead-letter queue OK",
                        "Lock table OK",
                        "Lock table: writing OK",
                        "Bucket OK",
                        "Bucket: reading OK",
                        "Neo4j's access OK",
                        "Neo4j OK",
                        "Neo4j version OK",
                        "Neo4j rights OK");
        assertThat(NEO4J.run("MATCH (n) RETURN n")).isEmpty();
        assertThat(deployment
                        .dynamoDb
                        .scan(scan -> scan.tableName(deployment.name))
                        .items())
                .isEmpty();
        assertThat(answer.toString()).doesNotContain(Deployment.PASSWORD);
    }

    @Test
    void check_namesEachRemedy_whenNothingIsThere() {
        deployment.environment.put("QUEUE_URL", deployment.queue + "-gone");
        deployment.environment.put("DEAD_LETTER_QUEUE_URL", deployment.queue + "-gone");
        deployment.environment.put("LOCK_TABLE", "gone");
        deployment.environment.put("SNAPSHOT_BUCKET", "gone");
        deployment.environment.put("NEO4J_SECRET_ARN", "gone");

        Map<String, Object> answer = check();

        assertThat(answer).containsEntry("outcome", "check failed");
        assertThat(statuses(answer))
                .contains(
                        "Queue FAILED",
                        "Queue: hiding a message FAILED",
                        "Dead-letter queue FAILED",
                        "Lock table FAILED",
                        "Lock table: writing FAILED",
                        "Bucket FAILED",
                        "Bucket: reading FAILED",
                        "Neo4j's access FAILED");
        assertThat(answer.toString())
                .contains(
                        "sqs:ChangeMessageVisibility",
                        "sqs:SendMessage",
                        "dynamodb:UpdateItem",
                        "s3:GetObject",
                        "secretsmanager:GetSecretValue");
    }

    @Test
    void check_tellsWhatToFillIn_whenTheSecretIsAsTheStackMadeIt() {
        SECRETS.put(deployment.name, """
            {"uri":"<neo4j+s://HOST:7687>","username":"<username>","password":"<password>","database":"<neo4j>"}\
            """);

        Map<String, Object> answer = check();

        assertThat(statuses(answer)).contains("Neo4j's access FAILED").doesNotContain("Neo4j FAILED");
        assertThat(answer.toString())
                .contains("the secret " + deployment.name
                        + " is not filled in yet: uri (or host and port), username, password")
                .contains("Fill in the secret " + deployment.name + ", in the console")
                .contains("Until then snapshots wait");
    }

    @Test
    void check_tellsOfThePassword_whenItIsWrong() {
        deployment.fillInSecret("wrong-one");

        assertThat(statuses(check())).contains("Neo4j's access OK", "Neo4j FAILED");
    }

    @Test
    void check_findsTheConstraint_whenTheArticlesProgramLeftIt() {
        NEO4J.dropIndexOfServiceNames();
        NEO4J.run("CREATE CONSTRAINT of_the_article FOR (s:Service) REQUIRE s.name IS UNIQUE");
        try {
            assertThat(check().toString()).contains("DROP CONSTRAINT of_the_article");
        } finally {
            NEO4J.run("DROP CONSTRAINT of_the_article");
        }
    }

    @Test
    void check_tellsOfTheTimeout_whenTheFunctionsIsShorterThanTheLease() {
        Map<String, Object> answer = deployment.handler().handleRequest(CHECK, new ContextWithTimeLeft(30_000));

        assertThat(statuses(answer)).contains("Function timeout FAILED");
    }

    @Test
    void check_warns_whenMessagesComeBackBeforeTheFunctionEnds() {
        deployment.sqs.setQueueAttributes(
                set -> set.queueUrl(deployment.queue).attributes(Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, "149")));

        Map<String, Object> answer = check();

        assertThat(answer).as("%s", answer).containsEntry("outcome", "check passed");
        assertThat(statuses(answer)).contains("Queue: visibility timeout WARNING");
    }

    @Test
    void check_failsToWrite_whenTheTablesKeyIsAnother() {
        String other = deployment.name + "-other";
        deployment.dynamoDb.createTable(create -> create.tableName(other)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(AttributeDefinition.builder()
                        .attributeName("id")
                        .attributeType(ScalarAttributeType.S)
                        .build())
                .keySchema(KeySchemaElement.builder()
                        .attributeName("id")
                        .keyType(KeyType.HASH)
                        .build()));
        deployment.environment.put("LOCK_TABLE", other);

        Map<String, Object> answer = check();

        assertThat(statuses(answer)).contains("Lock table FAILED", "Lock table: writing FAILED");
        assertThat(answer.toString()).contains("its key is id; it has to be pk alone");
    }

    @Test
    void check_tellsOfTheConfiguration_whenItIsWrong() {
        deployment.environment.remove("LOCK_TABLE");

        assertThat(check().toString()).contains("LOCK_TABLE is not set");
        assertThatThrownBy(() -> deployment.send(ExampleSnapshots.version(1)).concat(String.valueOf(deployment.poll())))
                .hasMessageContaining("LOCK_TABLE is not set");
    }

    @Test
    void handle_saysWhatIsAccepted_whenThePayloadIsSomethingElse() {
        assertThatThrownBy(() -> deployment.handler().handleRequest(Map.of(), new ContextWithTimeLeft(150_000)))
                .hasMessageContaining("{\"check\": true}");
        assertThatThrownBy(() -> deployment.handler().handleRequest(null, new ContextWithTimeLeft(150_000)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("{\"check\": true}");
        assertThatThrownBy(() -> deployment
                        .handler()
                        .handleRequest(
                                Map.of("Records", List.of(Map.of("eventSource", "aws:s3"))),
                                new ContextWithTimeLeft(150_000)))
                .hasMessageContaining("its eventSource has to be aws:sqs");
    }

    private Map<String, Object> check() {
        return deployment.handler().handleRequest(CHECK, new ContextWithTimeLeft(150_000));
    }

    private static List<String> statuses(Map<String, Object> answer) {
        if (answer.get("checks") instanceof List<?> lines) {
            return lines.stream()
                    .map(line -> (Map<?, ?>) line)
                    .map(line -> line.get("subject") + " " + line.get("status"))
                    .toList();
        }
        throw new AssertionError("no checks in " + answer);
    }
}
