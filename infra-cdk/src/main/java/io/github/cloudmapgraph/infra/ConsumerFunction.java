package io.github.cloudmapgraph.infra;

import io.github.cloudmapgraph.infra.options.FunctionOptions;
import io.github.cloudmapgraph.infra.options.Options;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.lambda.EventSourceMapping;
import software.constructs.Construct;

/** The consumer, and what has it invoked: the queue. */
final class ConsumerFunction extends Construct {
    static final String HANDLER = "io.github.cloudmapgraph.consumer.ConsumerHandler";

    /** Snapshots of one batch are sorted by version, and all but the newest are overtaken. */
    private static final int BATCH_SIZE = 10;

    /** The least that an event source mapping takes. One would do: the lease lets only one work. */
    private static final int MAX_CONCURRENCY = 2;

    private final JavaFunction function;

    ConsumerFunction(
            Construct scope,
            String id,
            Options options,
            Encryption encryption,
            Timeouts timeouts,
            State state,
            Optional<Network> network,
            Path jar) {
        super(scope, id);
        function = new JavaFunction(
                this,
                "Consumer",
                options,
                encryption,
                new JavaFunction.Definition(
                        "Cloud Map Graph: makes the graph in Neo4j equal to the snapshots of the queue",
                        HANDLER,
                        jar,
                        options.functions().consumerMemoryMb(),
                        timeouts.function(),
                        environment(options.functions(), timeouts, state, network),
                        network),
                permissions(options, encryption, state));
        Suppressions.wildcardBecause(
                "The producer gives each large snapshot a name of its own under this prefix.",
                function.role(),
                "<StateLargeSnapshots[^>]*>\\/snapshots\\/\\*");
        Suppressions.wildcardBecause(
                "X-Ray's actions have no resource, nor have those with which Lambda looks at a network.",
                function.role(),
                "\\*");
        if (network.isPresent()) {
            Suppressions.wildcardBecause(
                    "Lambda makes and removes the function's network interfaces, whose ids nobody knows before, and"
                            + " asks for the right to every resource that they may touch.",
                    function.role(),
                    "arn:.*:ec2:.*:\\*:\\*\\/\\*");
        }
        EventSourceMapping.Builder.create(this, "Snapshots")
                .target(function.target())
                .eventSourceArn(state.snapshots().getQueueArn())
                .batchSize(BATCH_SIZE)
                .reportBatchItemFailures(true)
                .maxConcurrency(MAX_CONCURRENCY)
                .build();
    }

    private static Map<String, String> environment(
            FunctionOptions options, Timeouts timeouts, State state, Optional<Network> network) {
        Map<String, String> environment = new TreeMap<>(Map.of(
                "QUEUE_URL", state.snapshots().getQueueUrl(),
                "DEAD_LETTER_QUEUE_URL", state.deadLetters().getQueueUrl(),
                "LOCK_TABLE", state.lockTable().getTableName(),
                "SNAPSHOT_BUCKET", state.bucket().getBucketName(),
                "NEO4J_SECRET_ARN", state.secret().getSecretArn(),
                "LEASE_SECONDS", text(timeouts.lease()),
                "TRANSACTION_TIMEOUT_SECONDS", text(timeouts.transaction()),
                "MASS_DELETION_MIN_SERVICES", text(options.massDeletion().minServices()),
                "MASS_DELETION_PERCENT", text(options.massDeletion().percent()),
                "MASS_DELETION_CONFIRMATIONS", text(options.massDeletion().confirmations())));
        network.ifPresent(joined -> environment.putAll(joined.environment()));
        return environment;
    }

    private static String text(int number) {
        return Integer.toString(number);
    }

    private static List<PolicyStatement> permissions(Options options, Encryption encryption, State state) {
        List<PolicyStatement> statements = new ArrayList<>(List.of(
                Statements.allow(
                        List.of(
                                "sqs:ChangeMessageVisibility",
                                "sqs:DeleteMessage",
                                "sqs:GetQueueAttributes",
                                "sqs:ReceiveMessage"),
                        state.snapshots().getQueueArn()),
                Statements.allow(
                        List.of("sqs:GetQueueAttributes", "sqs:SendMessage"),
                        state.deadLetters().getQueueArn()),
                Statements.allow(
                        List.of("dynamodb:DescribeTable"), state.lockTable().getTableArn()),
                Statements.allowItems(
                        List.of("dynamodb:UpdateItem"), state.lockTable().getTableArn(), "update#*"),
                // Without it S3 says of a missing object that it is denied.
                Statements.allow(List.of("s3:ListBucket"), state.bucket().getBucketArn()),
                Statements.allow(List.of("s3:GetObject"), state.bucket().arnForObjects("snapshots/*")),
                Statements.allow(
                        List.of("secretsmanager:GetSecretValue"), state.secret().getSecretArn())));
        statements.addAll(encryption.statements());
        options.neo4j().secretKeyArn().ifPresent(key -> statements.add(Statements.allow(List.of("kms:Decrypt"), key)));
        return statements;
    }

    JavaFunction function() {
        return function;
    }
}
