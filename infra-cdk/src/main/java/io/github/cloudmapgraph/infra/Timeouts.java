package io.github.cloudmapgraph.infra;

import software.amazon.awscdk.Duration;

/**
 * The consumer's time limits, in seconds, each longer than the one before it: the transaction, the lease that covers
 * it, the function that holds the lease, and the message that stays hidden while the function works.
 *
 * <p>A visibility timeout a minute longer than the function's, rather than the six times that AWS recommends: the six
 * leave room for retries of a throttled function, and this one makes no more than two at once. A shorter one brings the
 * message of a consumer that died back sooner.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html">Creating an Amazon SQS event
 *     source mapping</a>
 */
record Timeouts(int transaction) {
    int lease() {
        return transaction + 20;
    }

    /** Longer than the lease, so that an invocation also has time for what comes before and after the update. */
    Duration function() {
        return Duration.seconds(transaction + 80);
    }

    Duration visibility() {
        return Duration.seconds(transaction + 140);
    }
}
