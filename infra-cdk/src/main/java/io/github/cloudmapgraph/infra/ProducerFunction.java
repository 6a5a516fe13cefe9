package io.github.cloudmapgraph.infra;

import io.github.cloudmapgraph.infra.options.Options;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.lambda.CfnEventInvokeConfig;
import software.constructs.Construct;

/** The producer, and what becomes of events that it fails on. */
final class ProducerFunction extends Construct {
    static final String HANDLER = "io.github.cloudmapgraph.producer.ProducerHandler";

    /** Twice and more what 10,000 services take, at the rates that Cloud Map allows (producer/RATIONALE.md). */
    private static final Duration TIMEOUT = Duration.minutes(10);

    /** Lambda's most: after one and three minutes. */
    private static final int RETRIES = 2;

    private final JavaFunction function;

    ProducerFunction(Construct scope, String id, Options options, Encryption encryption, State state, Path jar) {
        super(scope, id);
        function = new JavaFunction(
                this,
                "Producer",
                options,
                encryption,
                new JavaFunction.Definition(
                        "Cloud Map Graph: reads the whole of Cloud Map and sends it to the queue",
                        HANDLER,
                        jar,
                        options.functions().producerMemoryMb(),
                        TIMEOUT,
                        environment(options, state),
                        Optional.empty()),
                permissions(encryption, state));
        Suppressions.wildcardBecause(
                "Each large snapshot has a name of its own under this prefix.",
                function.role(),
                "<StateLargeSnapshots[^>]*>\\/snapshots\\/\\*");
        Suppressions.wildcardBecause(
                "The whole registry is read, with what other accounts share; most of Cloud Map's reading actions,"
                        + " cloudtrail:DescribeTrails and X-Ray's actions have no resource.",
                function.role(),
                "\\*");
        Suppressions.wildcardBecause(
                "The check looks at whatever trails there are, the organization's and those of other regions included;"
                        + " it reads their settings and no events.",
                function.role(),
                "arn:.*:cloudtrail:\\*:\\*:trail\\/\\*");
        var asynchronous = CfnEventInvokeConfig.Builder.create(this, "Asynchronous")
                .functionName(function.function().getFunctionName())
                .qualifier(function.qualifier().orElse("$LATEST"))
                .maximumRetryAttempts(RETRIES)
                .maximumEventAgeInSeconds((int) Triggers.EVENT_MAX_AGE.toSeconds())
                .destinationConfig(CfnEventInvokeConfig.DestinationConfigProperty.builder()
                        .onFailure(CfnEventInvokeConfig.OnFailureProperty.builder()
                                .destination(state.failedInvocations().getQueueArn())
                                .build())
                        .build())
                .build();
        asynchronous.getNode().addDependency(function.target());
    }

    private static Map<String, String> environment(Options options, State state) {
        Map<String, String> environment = new TreeMap<>(Map.of(
                "QUEUE_URL", state.snapshots().getQueueUrl(),
                "LOCK_TABLE", state.lockTable().getTableName(),
                "SNAPSHOT_BUCKET", state.bucket().getBucketName(),
                "MAX_MESSAGE_BYTES", Integer.toString(state.maxMessageBytes()),
                "READ_CONCURRENCY", Integer.toString(options.functions().readConcurrency()),
                "REQUEST_RATE_PERCENT", Integer.toString(options.functions().requestRatePercent()),
                "PENDING_OPERATION_SECONDS",
                        Integer.toString(options.functions().pendingOperationSeconds())));
        if (!options.namespaces().isEmpty()) {
            environment.put("NAMESPACES", String.join(",", options.namespaces()));
        }
        if (!options.namePrefix().isEmpty()) {
            environment.put("DEPLOYMENT_NAME", options.namePrefix());
        }
        return environment;
    }

    private List<PolicyStatement> permissions(Encryption encryption, State state) {
        List<PolicyStatement> statements = new ArrayList<>(List.of(
                // The whole registry is read, namespaces that other accounts share included: a resource could only be
                // every service of every account. Most of these actions have none.
                Statements.allow(
                        List.of(
                                "servicediscovery:DiscoverInstances",
                                "servicediscovery:GetInstancesHealthStatus",
                                "servicediscovery:GetOperation",
                                "servicediscovery:GetServiceAttributes",
                                "servicediscovery:ListInstances",
                                "servicediscovery:ListNamespaces",
                                "servicediscovery:ListServices",
                                "servicediscovery:ListTagsForResource"),
                        "*"),
                Statements.allow(
                        List.of("sqs:GetQueueAttributes", "sqs:SendMessage"),
                        state.snapshots().getQueueArn()),
                Statements.allow(
                        List.of("sqs:SendMessage"), state.failedInvocations().getQueueArn()),
                Statements.allow(
                        List.of("dynamodb:DescribeTable"), state.lockTable().getTableArn()),
                Statements.allowItems(
                        List.of("dynamodb:UpdateItem"), state.lockTable().getTableArn(), "read#*", "check"),
                Statements.allowItems(
                        List.of("dynamodb:GetItem"), state.lockTable().getTableArn(), "update#*"),
                Statements.allow(List.of("s3:ListBucket"), state.bucket().getBucketArn()),
                Statements.allow(List.of("s3:PutObject"), state.bucket().arnForObjects("snapshots/*")),
                // For the check alone, which looks for a trail; the first has no resource. A trail may belong to the
                // organization's account, or have its home in another region.
                Statements.allow(List.of("cloudtrail:DescribeTrails"), "*"),
                Statements.allow(
                        List.of("cloudtrail:GetEventSelectors", "cloudtrail:GetTrailStatus"),
                        "arn:" + Stack.of(this).getPartition() + ":cloudtrail:*:*:trail/*")));
        statements.addAll(encryption.statements());
        return statements;
    }

    JavaFunction function() {
        return function;
    }
}
