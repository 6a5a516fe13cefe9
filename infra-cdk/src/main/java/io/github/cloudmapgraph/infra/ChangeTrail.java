package io.github.cloudmapgraph.infra;

import java.util.List;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.cloudtrail.ReadWriteType;
import software.amazon.awscdk.services.cloudtrail.Trail;
import software.amazon.awscdk.services.s3.BlockPublicAccess;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.BucketEncryption;
import software.amazon.awscdk.services.s3.LifecycleRule;
import software.amazon.awscdk.services.s3.ObjectOwnership;
import software.constructs.Construct;

/**
 * A minimal trail, for accounts without one: EventBridge hears of API calls only where a trail logs them.
 *
 * <p>It logs the management events of this region that write; a trail cannot be limited to one service's management
 * events. The first copy of management events is free of charge.
 *
 * @see <a href="https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail.html">AWS service
 *     events delivered via AWS CloudTrail</a>
 */
final class ChangeTrail extends Construct {
    ChangeTrail(Construct scope, String id) {
        super(scope, id);
        Bucket bucket = Bucket.Builder.create(this, "Logs")
                .blockPublicAccess(BlockPublicAccess.BLOCK_ALL)
                .objectOwnership(ObjectOwnership.BUCKET_OWNER_ENFORCED)
                // AWS's own key: a customer's would have to allow CloudTrail in its policy, for files that nobody here
                // reads.
                .encryption(BucketEncryption.S3_MANAGED)
                .enforceSsl(true)
                .minimumTlsVersion(1.2)
                .lifecycleRules(List.of(
                        LifecycleRule.builder().expiration(Duration.days(90)).build()))
                .removalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE)
                .build();
        State.keepPolicy(bucket);
        Suppressions.because(
                "It holds the trail's own log files, which nobody here reads; the trail is there for EventBridge.",
                bucket,
                "AwsSolutions-S1");
        Trail.Builder.create(this, "Trail")
                .bucket(bucket)
                .managementEvents(ReadWriteType.WRITE_ONLY)
                .isMultiRegionTrail(false)
                .includeGlobalServiceEvents(false)
                .enableFileValidation(true)
                .build();
    }
}
