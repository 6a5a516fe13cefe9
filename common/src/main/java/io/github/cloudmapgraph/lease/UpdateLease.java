package io.github.cloudmapgraph.lease;

import io.github.cloudmapgraph.snapshot.Scope;
import java.time.Instant;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The lease that an update of a scope's graph takes, as those see it who do not take it. */
public final class UpdateLease {
    static final String GRAPH_CAPTURED_AT = "graph_captured_at";

    private final LockTable table;
    private final String item;

    /** Looks at one scope's lease in the lock table. */
    public UpdateLease(DynamoDbClient dynamoDb, String table, Scope scope) {
        this.table = new LockTable(dynamoDb, table);
        this.item = name(scope);
    }

    /** Returns the name under which {@link LeaseLock} takes it. */
    public static String name(Scope scope) {
        return "update#" + scope;
    }

    /**
     * Returns when the snapshot was captured that the graph was made equal to last; empty where none was yet.
     *
     * @throws software.amazon.awssdk.core.exception.SdkException if DynamoDB does not answer
     */
    public Optional<Instant> graphCapturedAt() {
        return table.read(item, GRAPH_CAPTURED_AT).time(GRAPH_CAPTURED_AT);
    }
}
