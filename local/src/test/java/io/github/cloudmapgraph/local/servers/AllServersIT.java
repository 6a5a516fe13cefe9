package io.github.cloudmapgraph.local.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AllServersIT {

    @TempDir
    Path data;

    /** One of each, as the local run has it. */
    private record Servers(Neo4jServer neo4j, DynamoDbServer dynamoDb, SqsServer sqs, S3Server s3)
            implements AutoCloseable {

        static Servers inMemory() throws IOException {
            return new Servers(Neo4jServer.start(0, 0), DynamoDbServer.start(0), SqsServer.start(0), S3Server.start(0));
        }

        static Servers on(Path data, List<Integer> ports) throws IOException {
            return new Servers(
                    Neo4jServer.start(ports.get(0), ports.get(1), data.resolve("neo4j")),
                    DynamoDbServer.start(ports.get(2), data.resolve("dynamodb")),
                    SqsServer.start(ports.get(3), data.resolve("sqs")),
                    S3Server.start(ports.get(4), data.resolve("s3")));
        }

        List<Integer> ports() {
            return Stream.of(neo4j.bolt(), neo4j.http(), dynamoDb.endpoint(), sqs.endpoint(), s3.endpoint())
                    .map(uri -> uri.getPort())
                    .toList();
        }

        @Override
        public void close() {
            s3.close();
            sqs.close();
            dynamoDb.close();
            neo4j.close();
        }
    }

    @Test
    void start_twiceInOneJvm_listensOnLoopbackOnlyAndLeavesNothingBehind() throws IOException {
        Set<Thread> before = nonDaemonThreads();
        List<Integer> ports;
        try (var one = Servers.inMemory();
                var other = Servers.inMemory()) {
            ports = Stream.of(one, other)
                    .flatMap(servers -> servers.ports().stream())
                    .toList();
            assertThat(ports).doesNotHaveDuplicates();
            for (int port : ports) {
                assertListensOnLoopbackOnly(port);
            }
            if (ListeningSockets.canBeRead()) {
                assertThat(ListeningSockets.ofThisProcess())
                        .allMatch(ListeningSockets.Socket::isLoopback)
                        .extracting(ListeningSockets.Socket::port)
                        .containsAll(ports);
            }
        }
        for (int port : ports) {
            Loopback.requireFree("test", port);
        }
        assertNoThreadHoldsTheJvm(before);
    }

    @Test
    void start_againOnTheSamePortsAndDirectory_works() throws IOException {
        List<Integer> ports;
        try (var first = Servers.on(data, List.of(0, 0, 0, 0, 0))) {
            ports = first.ports();
        }
        try (var second = Servers.on(data, ports)) {
            assertThat(second.ports()).isEqualTo(ports);
        }
    }

    @Test
    void start_whenThePortIsTaken_saysSoAndLeavesNothingBehind() throws IOException {
        Set<Thread> before = nonDaemonThreads();
        try (var taken = new ServerSocket(0, 1, InetAddress.ofLiteral(Loopback.HOST))) {
            int port = taken.getLocalPort();
            for (Start start : List.<Start>of(
                    () -> Neo4jServer.start(port, 0),
                    () -> Neo4jServer.start(0, port),
                    () -> DynamoDbServer.start(port),
                    () -> SqsServer.start(port),
                    () -> S3Server.start(port))) {
                assertThatThrownBy(() -> start.run().close())
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("127.0.0.1:" + port)
                        .hasMessageContaining("Choose another port");
            }
        }
        assertNoThreadHoldsTheJvm(before);
    }

    private interface Start {
        AutoCloseable run() throws IOException;
    }

    private static void assertListensOnLoopbackOnly(int port) throws IOException {
        try (var socket = new Socket(InetAddress.ofLiteral(Loopback.HOST), port)) {
            assertThat(socket.isConnected()).isTrue();
        }
        for (InetAddress address : NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(Predicate.not(InetAddress::isLoopbackAddress))
                .toList()) {
            try (var socket = new Socket()) {
                assertThatThrownBy(() -> socket.connect(new InetSocketAddress(address, port), 1_000))
                        .as("%s:%d", address, port)
                        .isInstanceOf(IOException.class);
            }
        }
    }

    /** Netty's global executor ends its thread by itself, a second after its last task: its threads are waited for. */
    private static void assertNoThreadHoldsTheJvm(Set<Thread> before) {
        long deadline = System.nanoTime() + Duration.ofSeconds(5).toNanos();
        while (!before.containsAll(nonDaemonThreads()) && System.nanoTime() < deadline) {
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
        assertThat(nonDaemonThreads()).isSubsetOf(before);
    }

    private static Set<Thread> nonDaemonThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.isAlive() && !thread.isDaemon())
                .collect(Collectors.toSet());
    }
}
