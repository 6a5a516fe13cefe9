package io.github.cloudmapgraph.infra;

import io.github.cloudmapgraph.infra.options.Options;
import java.util.List;
import software.amazon.awscdk.CfnResource;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.SecretValue;
import software.amazon.awscdk.services.dynamodb.Attribute;
import software.amazon.awscdk.services.dynamodb.AttributeType;
import software.amazon.awscdk.services.dynamodb.BillingMode;
import software.amazon.awscdk.services.dynamodb.PointInTimeRecoverySpecification;
import software.amazon.awscdk.services.dynamodb.Table;
import software.amazon.awscdk.services.s3.BlockPublicAccess;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.LifecycleRule;
import software.amazon.awscdk.services.s3.ObjectOwnership;
import software.amazon.awscdk.services.secretsmanager.ISecret;
import software.amazon.awscdk.services.secretsmanager.Secret;
import software.amazon.awscdk.services.sqs.DeadLetterQueue;
import software.amazon.awscdk.services.sqs.Queue;
import software.constructs.Construct;
import software.constructs.IConstruct;

/**
 * All that holds state. What would be missed survives the stack; the names are drawn by CloudFormation, so that a later
 * deployment is not hindered by what was kept of an earlier one.
 */
final class State extends Construct {
    /** The most that SQS takes: consumer/RATIONALE.md tells why waiting must never use it up. */
    private static final int MAX_RECEIVES = 1000;

    private static final int MAX_MESSAGE_BYTES = 1_048_576;

    /**
     * Fields to fill in, in angle brackets, which the consumer takes for not filled in yet.
     *
     * <p>It must never change: CloudFormation writes a new version of the secret when it does, over what a person
     * filled in.
     */
    static final String SECRET_TO_FILL_IN = """
        {"uri":"<neo4j+s://HOST:7687>","username":"<username>","password":"<password>","database":"<neo4j>"}\
        """;

    private final Queue deadLetters;
    private final Queue snapshots;
    private final Queue failedInvocations;
    private final Bucket bucket;
    private final Table lockTable;
    private final ISecret secret;
    private final boolean madeSecret;

    State(Construct scope, String id, Options options, Encryption encryption, Timeouts timeouts) {
        super(scope, id);
        deadLetters = kept("DeadLetters", encryption);
        // Not kept: what waits in it is overtaken by the first read of a later deployment.
        snapshots = encryption
                .of(Queue.Builder.create(this, "Snapshots"))
                .enforceSsl(true)
                .visibilityTimeout(timeouts.visibility())
                .retentionPeriod(Duration.days(4))
                .maxMessageSizeBytes(MAX_MESSAGE_BYTES)
                .deadLetterQueue(DeadLetterQueue.builder()
                        .queue(deadLetters)
                        .maxReceiveCount(MAX_RECEIVES)
                        .build())
                .removalPolicy(RemovalPolicy.DESTROY)
                .build();
        failedInvocations = kept("FailedInvocations", encryption);
        bucket = bucket(encryption);
        lockTable = lockTable(encryption);
        madeSecret = options.neo4j().secretArn().isEmpty();
        secret = options.neo4j()
                .secretArn()
                .map(arn -> Secret.fromSecretCompleteArn(this, "Secret", arn))
                .orElseGet(() -> secret(encryption));
        List.of(deadLetters, failedInvocations, bucket).forEach(State::keepPolicy);
        Suppressions.because(
                "It is itself where failures end: events and invocations that failed for good. An alarm goes off as"
                        + " soon as it holds one.",
                failedInvocations,
                "AwsSolutions-SQS3");
        Suppressions.because(
                "Only the two functions use it, for snapshots that live 30 days at most; who may read them is settled"
                        + " by IAM, and access logs would be a second bucket in every deployment.",
                bucket,
                "AwsSolutions-S1");
    }

    private Queue kept(String id, Encryption encryption) {
        return encryption
                .of(Queue.Builder.create(this, id))
                .enforceSsl(true)
                .retentionPeriod(Duration.days(14))
                .maxMessageSizeBytes(MAX_MESSAGE_BYTES)
                .removalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE)
                .build();
    }

    /** What is kept stays protected: the policy of a queue or bucket, which asks for TLS, is a resource of its own. */
    static void keepPolicy(IConstruct kept) {
        ((CfnResource) kept.getNode().findChild("Policy").getNode().getDefaultChild())
                .applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
    }

    private Bucket bucket(Encryption encryption) {
        return Bucket.Builder.create(this, "LargeSnapshots")
                .blockPublicAccess(BlockPublicAccess.BLOCK_ALL)
                .objectOwnership(ObjectOwnership.BUCKET_OWNER_ENFORCED)
                .encryption(encryption.ofBucket())
                .encryptionKey(encryption.key().orElse(null))
                .bucketKeyEnabled(encryption.key().isPresent() ? true : null)
                .enforceSsl(true)
                .minimumTlsVersion(1.2)
                .lifecycleRules(List.of(LifecycleRule.builder()
                        // A message may wait 4 days, lie in the dead-letter queue for 14, and wait 4 more after a
                        // redrive.
                        .expiration(Duration.days(30))
                        .abortIncompleteMultipartUploadAfter(Duration.days(1))
                        .build()))
                .removalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE)
                .build();
    }

    private Table lockTable(Encryption encryption) {
        return Table.Builder.create(this, "Locks")
                .partitionKey(Attribute.builder()
                        .name("pk")
                        .type(AttributeType.STRING)
                        .build())
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .pointInTimeRecoverySpecification(PointInTimeRecoverySpecification.builder()
                        .pointInTimeRecoveryEnabled(true)
                        .build())
                .encryption(encryption.ofTable())
                .encryptionKey(encryption.key().orElse(null))
                .removalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE)
                .build();
    }

    private Secret secret(Encryption encryption) {
        var made = Secret.Builder.create(this, "Neo4j")
                .description("Cloud Map Graph: Neo4j's address and credentials. Fill in what stands in angle brackets.")
                .secretStringValue(SecretValue.unsafePlainText(SECRET_TO_FILL_IN))
                .encryptionKey(encryption.key().orElse(null))
                .removalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE)
                .build();
        Suppressions.because(
                "Neo4j is not AWS's, and how its password is changed depends on where it runs. The consumer reads the"
                        + " secret again when the password was changed by hand or by a rotation of one's own.",
                made,
                "AwsSolutions-SMG4");
        return made;
    }

    /** Returns the queue of snapshots. */
    Queue snapshots() {
        return snapshots;
    }

    /** Returns the queue of snapshots that can never be applied. */
    Queue deadLetters() {
        return deadLetters;
    }

    /** Returns the queue of the producer's invocations that failed for good. */
    Queue failedInvocations() {
        return failedInvocations;
    }

    /** Returns the bucket for snapshots that are too large for a message. */
    Bucket bucket() {
        return bucket;
    }

    Table lockTable() {
        return lockTable;
    }

    /** Returns the secret with Neo4j's address and credentials. */
    ISecret secret() {
        return secret;
    }

    /** Tells whether the secret is to be filled in, rather than one that existed before. */
    boolean madeSecret() {
        return madeSecret;
    }

    int maxMessageBytes() {
        return MAX_MESSAGE_BYTES;
    }
}
