package io.github.cloudmapgraph.consumer.neo4j;

import io.github.cloudmapgraph.consumer.graph.Neo4jText;
import io.github.cloudmapgraph.consumer.graph.TooLateException;
import java.util.List;
import org.neo4j.driver.exceptions.AuthenticationException;
import org.neo4j.driver.exceptions.AuthorizationExpiredException;
import org.neo4j.driver.exceptions.DiscoveryException;
import org.neo4j.driver.exceptions.FatalDiscoveryException;
import org.neo4j.driver.exceptions.Neo4jException;
import org.neo4j.driver.exceptions.ProtocolException;
import org.neo4j.driver.exceptions.SecurityException;
import org.neo4j.driver.exceptions.ServiceUnavailableException;
import org.neo4j.driver.exceptions.SessionExpiredException;
import org.neo4j.driver.exceptions.TokenExpiredException;
import org.neo4j.driver.exceptions.TransientException;
import org.neo4j.driver.exceptions.UnsupportedFeatureException;
import org.neo4j.driver.exceptions.UntrustedServerException;

/**
 * Why Neo4j did not do what it was asked for, sorted by what is to be done about it.
 *
 * @see <a href="https://neo4j.com/docs/status-codes/current/errors/all-errors/">Neo4j's status codes</a>
 */
public sealed interface Neo4jFailure {
    /** Tells why, on one line, without a secret. */
    String reason();

    /** Nobody has filled in the secret yet. */
    record NotFilledIn(String source, List<String> fields) implements Neo4jFailure {
        public NotFilledIn {
            fields = List.copyOf(fields);
        }

        @Override
        public String reason() {
            return source + " is not filled in yet: " + String.join(", ", fields);
        }
    }

    /** It is not known where Neo4j is: the secret cannot be read, or is not as it has to be. */
    record AccessUnknown(String reason) implements Neo4jFailure {}

    /** Nobody answers there, or the database is not available now. */
    record Unreachable(String reason) implements Neo4jFailure {}

    /** The user or the password is refused. */
    record CredentialsRefused(String reason) implements Neo4jFailure {}

    /** Neo4j answers, but not as it is set up: no such database, a right that lacks, an untrusted certificate. */
    record Unusable(String reason) implements Neo4jFailure {}

    /** Another transaction was in the way; the same one may pass in a moment. */
    record Busy(String reason) implements Neo4jFailure {}

    /** Anything else: the work itself may be the cause. */
    record Unexpected(String reason, RuntimeException cause) implements Neo4jFailure {}

    /** Sorts an exception. */
    static Neo4jFailure of(RuntimeException failure) {
        String reason = Neo4jText.of(failure);
        return switch (failure) {
            case AuthorizationExpiredException e -> new CredentialsRefused(reason);
            case AuthenticationException e -> new CredentialsRefused(reason);
            case TokenExpiredException e -> new CredentialsRefused(reason);
            case SecurityException e ->
                StatusCodes.CREDENTIALS.contains(e.code()) ? new CredentialsRefused(reason) : new Unusable(reason);
            case ServiceUnavailableException e -> new Unreachable(reason);
            case SessionExpiredException e -> new Unreachable(reason);
            case DiscoveryException e -> new Unreachable(reason);
            case FatalDiscoveryException e -> new Unusable(reason);
            case ProtocolException e -> new Unusable(reason);
            case UnsupportedFeatureException e -> new Unusable(reason);
            case UntrustedServerException e -> new Unusable(reason);
            case TransientException e -> StatusCodes.sortTransient(e, reason);
            case Neo4jException e -> StatusCodes.sort(e, reason);
            case TooLateException e -> new Busy(String.valueOf(e.getMessage()));
            default -> new Unexpected(reason, failure);
        };
    }
}
