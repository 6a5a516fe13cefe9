package io.github.cloudmapgraph.consumer.neo4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.neo4j.driver.exceptions.AuthenticationException;
import org.neo4j.driver.exceptions.AuthorizationExpiredException;
import org.neo4j.driver.exceptions.ClientException;
import org.neo4j.driver.exceptions.ConnectionReadTimeoutException;
import org.neo4j.driver.exceptions.DatabaseException;
import org.neo4j.driver.exceptions.DiscoveryException;
import org.neo4j.driver.exceptions.FatalDiscoveryException;
import org.neo4j.driver.exceptions.ProtocolException;
import org.neo4j.driver.exceptions.SecurityException;
import org.neo4j.driver.exceptions.ServiceUnavailableException;
import org.neo4j.driver.exceptions.SessionExpiredException;
import org.neo4j.driver.exceptions.TokenExpiredException;
import org.neo4j.driver.exceptions.TransactionNestingException;
import org.neo4j.driver.exceptions.TransactionTerminatedException;
import org.neo4j.driver.exceptions.TransientException;
import org.neo4j.driver.exceptions.UnsupportedFeatureException;
import org.neo4j.driver.exceptions.UntrustedServerException;

class Neo4jFailureTest {
    private static final String TEXT = "as it says";

    static Stream<Arguments> failures() {
        return Stream.concat(
                Stream.of(
                        arguments(Neo4jFailure.Unreachable.class, new ServiceUnavailableException(TEXT)),
                        arguments(Neo4jFailure.Unreachable.class, new SessionExpiredException(TEXT)),
                        arguments(Neo4jFailure.Unreachable.class, new DiscoveryException(TEXT, null)),
                        arguments(Neo4jFailure.Unreachable.class, ConnectionReadTimeoutException.INSTANCE),
                        // The pool's acquisition timeout.
                        arguments(Neo4jFailure.Unreachable.class, transientWith("N/A")),
                        arguments(
                                Neo4jFailure.CredentialsRefused.class,
                                new AuthenticationException("Neo.ClientError.Security.Unauthorized", TEXT)),
                        arguments(
                                Neo4jFailure.CredentialsRefused.class,
                                new TokenExpiredException("Neo.ClientError.Security.TokenExpired", TEXT)),
                        arguments(
                                Neo4jFailure.CredentialsRefused.class,
                                new AuthorizationExpiredException(
                                        "Neo.ClientError.Security.AuthorizationExpired", TEXT)),
                        arguments(
                                Neo4jFailure.CredentialsRefused.class,
                                new SecurityException("Neo.ClientError.Security.CredentialsExpired", TEXT)),
                        arguments(
                                Neo4jFailure.CredentialsRefused.class,
                                new SecurityException("Neo.ClientError.Security.AuthenticationRateLimit", TEXT)),
                        arguments(
                                Neo4jFailure.Unusable.class,
                                new SecurityException("Neo.ClientError.Security.Forbidden", TEXT)),
                        arguments(
                                Neo4jFailure.Unusable.class,
                                new SecurityException(
                                        "Failed to establish secured connection", new SSLHandshakeException(TEXT))),
                        arguments(Neo4jFailure.Unusable.class, new UntrustedServerException(TEXT)),
                        arguments(Neo4jFailure.Unusable.class, new ProtocolException(TEXT)),
                        arguments(Neo4jFailure.Unusable.class, new UnsupportedFeatureException(TEXT)),
                        // "Server responded HTTP. Make sure you are not trying to connect to the http endpoint".
                        arguments(Neo4jFailure.Unusable.class, new ClientException(TEXT)),
                        arguments(Neo4jFailure.Unusable.class, databaseNotFound()),
                        arguments(Neo4jFailure.Unexpected.class, new TransactionNestingException(TEXT)),
                        arguments(
                                Neo4jFailure.Unexpected.class,
                                new TransactionTerminatedException("Neo.ClientError.Transaction.Terminated", TEXT)),
                        arguments(
                                Neo4jFailure.Unexpected.class,
                                new DatabaseException("Neo.DatabaseError.General.UnknownError", TEXT)),
                        arguments(
                                Neo4jFailure.Unreachable.class,
                                new DatabaseException("Neo.DatabaseError.Database.UnableToStartDatabase", TEXT)),
                        arguments(Neo4jFailure.Unexpected.class, new IllegalStateException(TEXT))),
                Stream.concat(codesOfTransientErrors(), codesOfClientErrors()));
    }

    private static Stream<Arguments> codesOfTransientErrors() {
        return Stream.of(
                arguments(Neo4jFailure.Busy.class, transientWith("Neo.TransientError.Transaction.DeadlockDetected")),
                arguments(
                        Neo4jFailure.Busy.class,
                        transientWith("Neo.TransientError.Transaction.LockAcquisitionTimeout")),
                arguments(Neo4jFailure.Busy.class, transientWith("Neo.TransientError.Transaction.Outdated")),
                arguments(
                        Neo4jFailure.Unreachable.class,
                        transientWith("Neo.TransientError.Database.DatabaseUnavailable")),
                arguments(
                        Neo4jFailure.Unreachable.class,
                        transientWith("Neo.TransientError.General.DatabaseUnavailable")),
                arguments(
                        Neo4jFailure.Unreachable.class, transientWith("Neo.TransientError.Cluster.ReplicationFailure")),
                arguments(
                        Neo4jFailure.Unreachable.class, transientWith("Neo.TransientError.Request.NoThreadsAvailable")),
                arguments(
                        Neo4jFailure.Unexpected.class,
                        transientWith("Neo.TransientError.General.MemoryPoolOutOfMemoryError")));
    }

    private static Stream<Arguments> codesOfClientErrors() {
        return Stream.of(
                arguments(Neo4jFailure.Busy.class, clientWith("Neo.ClientError.Statement.EntityNotFound")),
                arguments(Neo4jFailure.Busy.class, clientWith("Neo.ClientError.Transaction.LockClientStopped")),
                arguments(Neo4jFailure.Unreachable.class, clientWith("Neo.ClientError.Cluster.NotALeader")),
                arguments(
                        Neo4jFailure.Unreachable.class,
                        clientWith("Neo.ClientError.General.ForbiddenOnReadOnlyDatabase")),
                arguments(Neo4jFailure.Unusable.class, clientWith("Neo.ClientError.Database.DatabaseNotFound")),
                arguments(Neo4jFailure.Unexpected.class, clientWith("Neo.ClientError.Transaction.TransactionTimedOut")),
                arguments(
                        Neo4jFailure.Unexpected.class, clientWith("Neo.ClientError.Schema.ConstraintValidationFailed")),
                arguments(Neo4jFailure.Unexpected.class, clientWith("Neo.ClientError.Statement.SyntaxError")));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void of_sorts(Class<?> sort, RuntimeException failure) {
        assertThat(Neo4jFailure.of(failure)).isInstanceOf(sort);
    }

    @Test
    void of_tellsCodeAndFirstLine_whenTheTextIsAboutRightsOrServers() {
        var failure = new SecurityException("Neo.ClientError.Security.Forbidden", "not allowed\nsecond line");

        assertThat(Neo4jFailure.of(failure).reason()).isEqualTo("Neo.ClientError.Security.Forbidden: not allowed");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Statement.SyntaxError | Invalid input 'hidden' |",
                "Statement.TypeError | Property values can only be of primitive types. Encountered: hidden |",
                "Schema.ConstraintValidationFailed"
                        + " | Node(7) already exists with label `Service` and property `name` = 'hidden'"
                        + " | : a constraint on property `name` of `Service` refuses a value",
                "Schema.ConstraintValidationFailed"
                        + " | Node(7) with label `Instance` must have the property `team`, hidden"
                        + " | : a constraint on property `team` of `Instance` refuses a value",
                "Schema.ConstraintValidationFailed"
                        + " | hidden: Node(7) already exists with label `hidden` and property `hidden` = 1 |"
            })
    void of_quotesNoValue_whenTheTextIsAboutWhatWasToBeStored(String code, String text, @Nullable String told) {
        var failure = new ClientException("Neo.ClientError." + code, text);

        assertThat(Neo4jFailure.of(failure).reason()).isEqualTo("Neo.ClientError." + code + (told == null ? "" : told));
    }

    @Test
    void of_saysWhatIsWrongWithTheCertificate_whenTheDriverOnlySaysThatItFailed() {
        var failure = new SecurityException(
                "Failed to establish secured connection with the server",
                new SSLHandshakeException("No name matching graph.example.com found"));

        assertThat(Neo4jFailure.of(failure).reason())
                .isEqualTo("SecurityException: Failed to establish secured connection with the server:"
                        + " No name matching graph.example.com found");
    }

    @Test
    void of_tellsTheType_whenTheDriverMadeIt() {
        assertThat(Neo4jFailure.of(new ServiceUnavailableException("nobody listens"))
                        .reason())
                .isEqualTo("ServiceUnavailableException: nobody listens");
    }

    @Test
    void of_shortens_whenTheTextIsLong() {
        assertThat(Neo4jFailure.of(new IllegalStateException("x".repeat(5000))).reason())
                .hasSizeLessThan(350)
                .endsWith("...");
    }

    // The other constructors are deprecated.
    private static FatalDiscoveryException databaseNotFound() {
        return new FatalDiscoveryException(
                "22N51", TEXT, "Neo.ClientError.Database.DatabaseNotFound", TEXT, Map.of(), null);
    }

    private static Arguments arguments(Class<? extends Neo4jFailure> sort, RuntimeException failure) {
        return Arguments.of(sort, failure);
    }

    private static TransientException transientWith(String code) {
        return new TransientException(code, TEXT);
    }

    private static ClientException clientWith(String code) {
        return new ClientException(code, TEXT);
    }
}
