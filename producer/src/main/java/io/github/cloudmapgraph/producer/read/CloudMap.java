package io.github.cloudmapgraph.producer.read;

import io.github.cloudmapgraph.aws.AwsClients;
import io.github.cloudmapgraph.check.CheckReport;
import io.github.cloudmapgraph.failure.FailureText;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.LongSupplier;

/** Cloud Map in one region. Lives as long as the execution environment does. */
public final class CloudMap implements AutoCloseable {
    private final CloudMapClient client;
    private final List<String> namespaces;
    private final int concurrency;

    /**
     * Connects to nothing yet.
     *
     * @param namespaces names, ids or ARNs of the namespaces to read; empty for all
     * @param concurrency how many services are read at once
     * @param ratePercent the share of Cloud Map's known request rates to use; empty for 90 % of AWS's, and for no limit
     *     at an endpoint that is not AWS's
     * @param nanoTime a clock that never jumps, in nanoseconds
     */
    public CloudMap(
            AwsClients builder,
            List<String> namespaces,
            int concurrency,
            OptionalInt ratePercent,
            LongSupplier nanoTime) {
        this.client = new CloudMapClient(builder, ratePercent, nanoTime);
        this.namespaces = List.copyOf(namespaces);
        this.concurrency = concurrency;
    }

    /**
     * Reads everything that there is.
     *
     * @param account the account that reads
     * @throws CallFailedException if a call failed for good; there is no smaller result
     * @throws TooLateException if it cannot be done before the deadline
     */
    public Reading read(String account, RecentChange change, Deadline deadline, Warnings warnings) {
        var calls = new CloudMapCalls(client, deadline, warnings);
        return new Reading(
                new RegistryRead(calls, warnings, account).read(namespaces, concurrency, change), calls.counts());
    }

    /**
     * Waits until an operation is done, has failed, or the deadline comes. That it cannot be asked for is only noted.
     */
    public void awaitOperation(String id, Deadline deadline, Warnings warnings) {
        var calls = new CloudMapCalls(client, deadline, warnings);
        try {
            new PendingOperation(calls, deadline, warnings).await(id);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (CallFailedException | IllegalStateException e) {
            warnings.add("whether operation " + id + " is done could not be asked: " + FailureText.of(e));
        }
    }

    /** Tries each call that a read makes, and reports a line for each. */
    public void check(String account, Deadline deadline, Warnings warnings, CheckReport report) {
        new CloudMapCheck(new CloudMapCalls(client, deadline, warnings), report).run(account);
    }

    /** Tells whether AWS itself answers, though perhaps by a VPC endpoint. */
    public boolean isAws() {
        return client.endpoint().isAws();
    }

    /** Closes the client; Lambda never does. */
    @Override
    public void close() {
        client.sdk().close();
    }
}
