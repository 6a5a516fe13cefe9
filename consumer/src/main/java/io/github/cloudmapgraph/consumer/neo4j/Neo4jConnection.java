package io.github.cloudmapgraph.consumer.neo4j;

import io.github.cloudmapgraph.consumer.graph.GraphOptions;
import io.github.cloudmapgraph.consumer.graph.GraphUpdater;
import io.github.cloudmapgraph.consumer.graph.Neo4jText;
import io.github.cloudmapgraph.log.Log;
import java.net.InetAddress;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.neo4j.driver.Driver;
import org.neo4j.driver.exceptions.ClientException;

/**
 * The one driver of this process, made on first use.
 *
 * <p>Where Neo4j is asked for once. It is asked for again when Neo4j refuses the credentials, cannot be reached or is
 * not as it has to be: the password was rotated, or somebody corrected the address. If it changed, the driver is made
 * anew and the work is tried once more.
 */
public final class Neo4jConnection implements AutoCloseable {
    private final AccessSource source;
    private final GraphOptions options;
    private final InstantSource clock;
    private final Log log;
    private final UnencryptedAddress unencrypted;
    private @Nullable OpenGraph open;
    private volatile boolean answering;

    /** Creates the connection; nothing is read or connected yet. */
    public Neo4jConnection(AccessSource source, GraphOptions options, InstantSource clock, Log log) {
        this(source, options, clock, log, new UnencryptedAddress(InetAddress::getAllByName));
    }

    Neo4jConnection(
            AccessSource source, GraphOptions options, InstantSource clock, Log log, UnencryptedAddress unencrypted) {
        this.source = source;
        this.options = options;
        this.clock = clock;
        this.log = log;
        this.unencrypted = unencrypted;
    }

    /** Does something with Neo4j; an exception of the work is sorted, not thrown. */
    public <T> Use<T> use(Function<OpenGraph, T> work) {
        return switch (opened()) {
            case Use.Failed<OpenGraph>(Neo4jFailure failure) -> new Use.Failed<>(failure);
            case Use.Done<OpenGraph>(OpenGraph graph) -> {
                Use<T> use = attempt(graph, work);
                yield use instanceof Use.Failed<T>(Neo4jFailure failure) && accessMayBeTheCause(failure)
                        ? attemptWithNewAccess(graph, work, use)
                        : use;
            }
        };
    }

    private <T> Use<T> attempt(OpenGraph graph, Function<OpenGraph, T> work) {
        Optional<Neo4jFailure> refusal = unencrypted.refusal(graph.access());
        if (refusal.isPresent()) {
            return new Use.Failed<>(refusal.get());
        }
        try {
            if (!answering) {
                // Fails at once; a transaction would be tried again and again first, while others wait for the lock.
                graph.driver().verifyConnectivity();
            }
            T result = work.apply(graph);
            answering = true;
            return new Use.Done<>(result);
        } catch (RuntimeException e) {
            answering = false;
            return new Use.Failed<>(Neo4jFailure.of(e));
        }
    }

    private static boolean accessMayBeTheCause(Neo4jFailure failure) {
        return switch (failure) {
            case Neo4jFailure.CredentialsRefused _, Neo4jFailure.Unreachable _, Neo4jFailure.Unusable _ -> true;
            case Neo4jFailure.NotFilledIn _,
                    Neo4jFailure.AccessUnknown _,
                    Neo4jFailure.Busy _,
                    Neo4jFailure.Unexpected _ -> false;
        };
    }

    private <T> Use<T> attemptWithNewAccess(OpenGraph failed, Function<OpenGraph, T> work, Use<T> use) {
        if (!(source.read() instanceof AccessReading.Found(Neo4jAccess access)) || access.equals(failed.access())) {
            return use;
        }
        log.info("Neo4j's access has changed; the driver is made anew", "neo4j", access);
        return switch (reopened(access)) {
            case Use.Failed<OpenGraph>(Neo4jFailure failure) -> new Use.Failed<>(failure);
            case Use.Done<OpenGraph>(OpenGraph graph) -> attempt(graph, work);
        };
    }

    private synchronized Use<OpenGraph> opened() {
        if (open != null) {
            return new Use.Done<>(open);
        }
        return switch (source.read()) {
            case AccessReading.Found(Neo4jAccess access) -> open(access);
            case AccessReading.NotFilledIn(String secret, var fields) ->
                new Use.Failed<>(new Neo4jFailure.NotFilledIn(secret, fields));
            case AccessReading.Wrong(String secret, String problem) ->
                new Use.Failed<>(new Neo4jFailure.AccessUnknown(secret + " is not usable: " + problem));
            case AccessReading.Unreadable(String secret, String reason) ->
                new Use.Failed<>(new Neo4jFailure.AccessUnknown(secret + " cannot be read: " + reason));
        };
    }

    private synchronized Use<OpenGraph> reopened(Neo4jAccess access) {
        // Another thread may have met the same failure first.
        OpenGraph current = open;
        if (current != null && current.access().equals(access)) {
            return new Use.Done<>(current);
        }
        close();
        return open(access);
    }

    private Use<OpenGraph> open(Neo4jAccess access) {
        try {
            Driver driver = Drivers.open(access);
            var made = new OpenGraph(access, driver, new GraphUpdater(driver, access.database(), options, clock, log));
            open = made;
            return new Use.Done<>(made);
        } catch (IllegalArgumentException | ClientException e) {
            return new Use.Failed<>(new Neo4jFailure.AccessUnknown(
                    "the driver does not take the address " + access.address() + ": " + Neo4jText.of(e)));
        }
    }

    @Override
    public synchronized void close() {
        if (open != null) {
            open.close();
            open = null;
        }
    }
}
