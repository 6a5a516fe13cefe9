package io.github.cloudmapgraph.consumer.neo4j;

import io.github.cloudmapgraph.consumer.graph.Neo4jText;
import java.util.List;
import java.util.Set;
import org.neo4j.driver.exceptions.ClientException;
import org.neo4j.driver.exceptions.Neo4jException;
import org.neo4j.driver.exceptions.TransientException;

/**
 * What Neo4j's codes say beyond the types of the driver's exceptions.
 *
 * @see <a href="https://neo4j.com/docs/status-codes/current/errors/all-errors/">All errors</a>
 */
final class StatusCodes {
    private StatusCodes() {}

    /** The password has to be changed first, or was refused so often that Neo4j answers no more for a while. */
    static final Set<String> CREDENTIALS =
            Set.of("Neo.ClientError.Security.CredentialsExpired", "Neo.ClientError.Security.AuthenticationRateLimit");

    private static final Set<String> BUSY = Set.of(
            // A node that another transaction deleted meanwhile; the driver does not retry it.
            "Neo.ClientError.Statement.EntityNotFound",
            "Neo.ClientError.Transaction.LockClientStopped",
            // Two consumers make the same constraint at once.
            "Neo.ClientError.Schema.EquivalentSchemaRuleAlreadyExists");

    /** Prefixes: the member that answers is no leader, or the database does not run. */
    private static final List<String> UNREACHABLE = List.of(
            "Neo.ClientError.Cluster.",
            "Neo.ClientError.General.ForbiddenOnReadOnlyDatabase",
            "Neo.ClientError.General.WriteOnReadOnlyAccessDatabase",
            "Neo.DatabaseError.Database.",
            "Neo.TransientError.Cluster.",
            "Neo.TransientError.Database.",
            "Neo.TransientError.General.DatabaseUnavailable",
            "Neo.TransientError.Network.",
            "Neo.TransientError.Request.");

    static Neo4jFailure sortTransient(TransientException failure, String reason) {
        String code = failure.code();
        if (!Neo4jText.isFromServer(code) || startsWithAny(code, UNREACHABLE)) {
            // The driver's own one: no connection came free in time.
            return new Neo4jFailure.Unreachable(reason);
        }
        // Memory limits and a full stack: the update may be too large for this server, and waiting does not shrink it.
        return code.startsWith("Neo.TransientError.General.")
                ? new Neo4jFailure.Unexpected(reason, failure)
                : new Neo4jFailure.Busy(reason);
    }

    static Neo4jFailure sort(Neo4jException failure, String reason) {
        String code = failure.code();
        if (BUSY.contains(code)) {
            return new Neo4jFailure.Busy(reason);
        }
        if (startsWithAny(code, UNREACHABLE)) {
            return new Neo4jFailure.Unreachable(reason);
        }
        if (code.equals("Neo.ClientError.Database.DatabaseNotFound")) {
            return new Neo4jFailure.Unusable(reason);
        }
        // The driver's own one and no mistake in its use, which has types of its own: what answers there is no Bolt.
        return failure.getClass() == ClientException.class && !Neo4jText.isFromServer(code)
                ? new Neo4jFailure.Unusable(reason)
                : new Neo4jFailure.Unexpected(reason, failure);
    }

    private static boolean startsWithAny(String code, List<String> prefixes) {
        return prefixes.stream().anyMatch(code::startsWith);
    }
}
