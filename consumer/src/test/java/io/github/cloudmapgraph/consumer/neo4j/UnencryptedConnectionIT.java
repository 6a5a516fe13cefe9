package io.github.cloudmapgraph.consumer.neo4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cloudmapgraph.consumer.graph.GraphOptions;
import io.github.cloudmapgraph.log.Log;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Where an unencrypted address is public, nobody connects, let alone sends a password. Nothing of a test's own can
 * listen at a public address: so a name is said to be public, at which the driver would find the test's server.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class UnencryptedConnectionIT {
    private final ServerSocketChannel server;

    UnencryptedConnectionIT() throws IOException {
        server = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bolt", "neo4j"})
    void use_doesNotEvenConnect_whenTheAddressIsPublic(String scheme) throws IOException {
        assertThat(use(scheme, "203.0.113.7", false))
                .isInstanceOfSatisfying(
                        Use.Failed.class,
                        failed -> assertThat(failed.failure()).isInstanceOf(Neo4jFailure.Unusable.class));

        // Who has connected waits in the server's queue, also while nobody takes the connection.
        server.configureBlocking(false);
        assertThat(server.accept()).isNull();
    }

    /** The same, and a connection comes: one would have been seen above. */
    @ParameterizedTest
    @CsvSource({"bolt, 10.0.0.7, false", "neo4j, 10.0.0.7, false", "bolt, 203.0.113.7, true", "neo4j, 203.0.113.7, true"
    })
    void use_connects_whenTheAddressIsPrivateOrItIsAllowed(String scheme, String address, boolean allowed)
            throws Exception {
        var connected = new CountDownLatch(1);
        Thread.ofVirtual().start(() -> {
            while (server.isOpen()) {
                // Closed at once, so that the driver waits for no answer.
                try (var _ = server.accept()) {
                    connected.countDown();
                } catch (IOException e) {
                    // Closed by the test's end.
                }
            }
        });

        assertThat(use(scheme, address, allowed)).isInstanceOf(Use.Failed.class);

        assertThat(connected.await(10, TimeUnit.SECONDS)).isTrue();
    }

    private Use<OpenGraph> use(String scheme, String supposed, boolean allowUnencrypted) throws IOException {
        URI uri = URI.create(scheme + "://127.0.0.1:" + server.socket().getLocalPort());
        var access = new Neo4jAccess(uri, "sync", "first-of-the-tests", "", allowUnencrypted);
        try (var connection = new Neo4jConnection(
                new EnvironmentAccess(access),
                new GraphOptions(Duration.ofSeconds(1), 10, 50, 3),
                InstantSource.system(),
                new Log(
                        new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8),
                        InstantSource.system()),
                new UnencryptedAddress(_ -> new InetAddress[] {InetAddress.ofLiteral(supposed)}))) {
            return connection.use(graph -> graph);
        }
    }
}
