package io.github.cloudmapgraph.local.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

class DynamoDbServerIT {

    private static final String TABLE = "locks";

    private static final Map<String, AttributeValue> KEY = Map.of("scope", AttributeValue.fromS("one"));

    @TempDir
    Path data;

    @Test
    void updateItem_whenTheConditionDoesNotHold_isRefused() throws IOException {
        try (var server = DynamoDbServer.start(0);
                var client = client(server)) {
            createTable(client);
            take(client, "a");
            assertThatThrownBy(() -> take(client, "b")).isInstanceOf(ConditionalCheckFailedException.class);
            assertThat(item(client)).containsEntry("holder", AttributeValue.fromS("a"));
        }
    }

    @Test
    void start_whenTheDirectoryWasUsedBefore_findsTheItems() throws IOException {
        try (var server = DynamoDbServer.start(0, data);
                var client = client(server)) {
            createTable(client);
            take(client, "a");
        }
        try (var server = DynamoDbServer.start(0, data);
                var client = client(server)) {
            assertThat(item(client)).containsEntry("holder", AttributeValue.fromS("a"));
        }
    }

    @Test
    void start_inMemory_knowsNothingOfTheServerBefore() throws IOException {
        try (var server = DynamoDbServer.start(0);
                var client = client(server)) {
            createTable(client);
        }
        try (var server = DynamoDbServer.start(0);
                var client = client(server)) {
            assertThat(client.listTables().tableNames()).isEmpty();
        }
    }

    private static DynamoDbClient client(DynamoDbServer server) {
        return LoopbackAws.at(DynamoDbClient.builder(), server.endpoint()).build();
    }

    private static void createTable(DynamoDbClient client) {
        client.createTable(table -> table.tableName(TABLE)
                .attributeDefinitions(AttributeDefinition.builder()
                        .attributeName("scope")
                        .attributeType(ScalarAttributeType.S)
                        .build())
                .keySchema(KeySchemaElement.builder()
                        .attributeName("scope")
                        .keyType(KeyType.HASH)
                        .build())
                .billingMode(BillingMode.PAY_PER_REQUEST));
    }

    private static void take(DynamoDbClient client, String owner) {
        client.updateItem(update -> update.tableName(TABLE)
                .key(KEY)
                .updateExpression("SET holder = :owner")
                .conditionExpression("attribute_not_exists(holder)")
                .expressionAttributeValues(Map.of(":owner", AttributeValue.fromS(owner))));
    }

    private static Map<String, AttributeValue> item(DynamoDbClient client) {
        return client.getItem(get -> get.tableName(TABLE).key(KEY).consistentRead(true))
                .item();
    }
}
