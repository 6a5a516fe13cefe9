package io.github.cloudmapgraph.infra;

import java.util.List;
import java.util.Optional;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.dynamodb.TableEncryption;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.kms.IKey;
import software.amazon.awscdk.services.kms.Key;
import software.amazon.awscdk.services.s3.BucketEncryption;
import software.amazon.awscdk.services.sqs.Queue;
import software.amazon.awscdk.services.sqs.QueueEncryption;
import software.constructs.Construct;

/** How what is stored is encrypted: by a customer's key, or by AWS's own where there is none. */
record Encryption(Optional<IKey> key) {
    static Encryption by(Construct scope, Optional<String> keyArn) {
        return new Encryption(keyArn.map(arn -> Key.fromKeyArn(scope, "Key", arn)));
    }

    Queue.Builder of(Queue.Builder queue) {
        return key.map(own -> queue.encryption(QueueEncryption.KMS)
                        .encryptionMasterKey(own)
                        // How long SQS works with one data key: less often is cheaper, and this is its standard.
                        .dataKeyReuse(Duration.minutes(5)))
                .orElseGet(() -> queue.encryption(QueueEncryption.SQS_MANAGED));
    }

    BucketEncryption ofBucket() {
        return key.isPresent() ? BucketEncryption.KMS : BucketEncryption.S3_MANAGED;
    }

    TableEncryption ofTable() {
        return key.isPresent() ? TableEncryption.CUSTOMER_MANAGED : TableEncryption.DEFAULT;
    }

    /**
     * Returns what a function needs to use what is encrypted with a customer's key.
     *
     * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html">What
     *     DynamoDB asks of the caller</a>
     */
    List<PolicyStatement> statements() {
        return key.stream()
                .map(own -> Statements.allow(
                        List.of(
                                "kms:Decrypt",
                                "kms:DescribeKey",
                                "kms:Encrypt",
                                "kms:GenerateDataKey",
                                "kms:ReEncryptFrom",
                                "kms:ReEncryptTo"),
                        own.getKeyArn()))
                .toList();
    }
}
