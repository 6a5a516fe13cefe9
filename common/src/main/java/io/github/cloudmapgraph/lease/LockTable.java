package io.github.cloudmapgraph.lease;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** The lock table: one item a lease, its name the partition key {@code pk}. */
final class LockTable {
    private final DynamoDbClient dynamoDb;
    private final String name;

    LockTable(DynamoDbClient dynamoDb, String name) {
        this.dynamoDb = dynamoDb;
        this.name = name;
    }

    /** Updates one item and returns what the request asks to be returned. */
    LockItem update(String item, Consumer<UpdateItemRequest.Builder> request) {
        var update = UpdateItemRequest.builder().tableName(name).key(Map.of("pk", AttributeValue.fromS(item)));
        request.accept(update);
        return new LockItem(dynamoDb.updateItem(update.build()).attributes());
    }

    /** Reads one attribute of an item; it may be some moments old, which the caller has to be able to live with. */
    LockItem read(String item, String attribute) {
        return new LockItem(dynamoDb.getItem(get -> get.tableName(name)
                        .key(Map.of("pk", AttributeValue.fromS(item)))
                        .projectionExpression("#attribute")
                        .expressionAttributeNames(Map.of("#attribute", attribute)))
                .item());
    }

    static AttributeValue number(long value) {
        return AttributeValue.fromN(Long.toString(value));
    }

    static AttributeValue numbers(Map<String, Integer> values) {
        Map<String, AttributeValue> numbers = new HashMap<>();
        values.forEach((name, value) -> numbers.put(name, number(value)));
        return AttributeValue.fromM(numbers);
    }
}
