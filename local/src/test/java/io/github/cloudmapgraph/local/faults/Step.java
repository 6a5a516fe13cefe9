package io.github.cloudmapgraph.local.faults;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** The remote calls that the two functions make: at each of them a fault may strike. */
enum Step {
    READ_SECRET(Function.CONSUMER, "GetSecretValue"),
    ACQUIRE(Function.CONSUMER, "SET #owner = :owner, expires_at"),
    READ_STORED(Function.CONSUMER, "GetObject"),
    NEO4J_CONNECT(Function.CONSUMER),
    NEO4J_BEGIN(Function.CONSUMER),
    NEO4J_STATEMENT(Function.CONSUMER),
    NEO4J_COMMIT(Function.CONSUMER),
    RELEASE(Function.CONSUMER, "REMOVE #owner, expires_at"),
    DEAD_LETTER(Function.CONSUMER, "SendMessage"),
    RETRY_LATER(Function.CONSUMER, "ChangeMessageVisibilityBatch"),

    GET_OPERATION(Function.PRODUCER, "GetOperation"),
    COUNT_REQUEST(Function.PRODUCER, "SET requests ="),
    TAKE_READ(Function.PRODUCER, "SET #owner = :owner, invocation"),
    LIST_NAMESPACES(Function.PRODUCER, "ListNamespaces"),
    LIST_SERVICES(Function.PRODUCER, "ListServices"),
    DISCOVER_INSTANCES(Function.PRODUCER, "DiscoverInstances"),
    LIST_INSTANCES(Function.PRODUCER, "ListInstances"),
    GET_HEALTH(Function.PRODUCER, "GetInstancesHealthStatus"),
    LIST_TAGS(Function.PRODUCER, "ListTagsForResource"),
    GET_SERVICE_ATTRIBUTES(Function.PRODUCER, "GetServiceAttributes"),
    STORE(Function.PRODUCER, "PutObject"),
    SEND(Function.PRODUCER, "SendMessage"),
    COMPLETE_READ(Function.PRODUCER, "SET done = :covered REMOVE"),
    READ_AGAIN(Function.PRODUCER, "SET done = :covered, covered"),
    ABANDON_READ(Function.PRODUCER, "REMOVE #owner, invocation, expires_at ADD"),
    HAND_READ_OVER(Function.PRODUCER, "REMOVE #owner, invocation, expires_at"),
    READ_GRAPH_AGE(Function.PRODUCER, "GetItem");

    /** Whose step it is. */
    enum Function {
        PRODUCER,
        CONSUMER;

        List<Step> steps() {
            return Arrays.stream(Step.values())
                    .filter(step -> step.function == this)
                    .toList();
        }
    }

    private final Function function;
    /** An operation of AWS, or how an update of the lock table begins; empty for Neo4j. */
    private final String call;

    Step(Function function, String call) {
        this.function = function;
        this.call = call;
    }

    Step(Function function) {
        this(function, "");
    }

    boolean isOfNeo4j() {
        return call.isEmpty();
    }

    static Optional<Step> of(Function function, SdkRequest request) {
        String operation = request.getClass().getSimpleName().replaceFirst("Request$", "");
        return Arrays.stream(values())
                .filter(step -> step.function == function && !step.isOfNeo4j())
                .filter(step -> request instanceof UpdateItemRequest update
                        ? update.updateExpression().startsWith(step.call)
                        : operation.equals(step.call))
                .findFirst();
    }
}
