package io.github.cloudmapgraph.local.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cloudmapgraph.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Raw sockets: an HTTP client of the JDK sets the Host header by itself. */
class ExplorerServerIT {
    private static final URI BOLT = URI.create("bolt://127.0.0.1:7687");

    @SuppressWarnings("NullAway.Init") // Set before each test class runs.
    private static ExplorerServer server;

    @BeforeAll
    static void start() throws IOException {
        server = ExplorerServer.start(0, BOLT);
    }

    @AfterAll
    static void close() {
        server.close();
    }

    @Test
    void page_isServed_withItsPolicyAndWithoutAnyOtherHost() throws IOException {
        String answer = get("/", host());

        assertThat(answer)
                .startsWith("HTTP/1.1 200 ")
                .containsIgnoringCase("\r\nContent-Type: text/html; charset=utf-8\r\n")
                .contains("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src"
                        + " 'sha256-")
                .contains("require-trusted-types-for 'script'; trusted-types 'none'")
                .doesNotContainPattern("<script[^>]* src=")
                .doesNotContainPattern("<link[^>]* href=\"(?!data:)")
                .doesNotContain("@import", "unsafe-eval");
    }

    @Test
    void connection_isTold_toThePageOfThisHost() throws IOException {
        for (String host : List.of(host(), "localhost:" + server.address().getPort())) {
            String answer = get("/connection.json", host);

            assertThat(answer)
                    .startsWith("HTTP/1.1 200 ")
                    .containsIgnoringCase("\r\nContent-Type: application/json\r\n");
            assertThat(Json.parseObject(answer.substring(answer.indexOf("\r\n\r\n") + 4)))
                    .isEqualTo(Map.of(
                            "uri", BOLT.toString(),
                            "username", Neo4jServer.USER,
                            "password", Neo4jServer.PASSWORD,
                            "database", Neo4jServer.DATABASE));
        }
    }

    @Test
    void connection_isRefused_whenAskedForUnderAnotherName() throws IOException {
        int port = server.address().getPort();
        for (String host : List.of(
                "rebound.example:" + port,
                "127.0.0.1",
                "127.0.0.1:" + (port + 1),
                "localhost",
                "127.0.0.1.example:" + port)) {
            assertThat(get("/connection.json", host))
                    .as(host)
                    .startsWith("HTTP/1.1 403 ")
                    .doesNotContain("password");
        }
        assertThat(send("GET /connection.json HTTP/1.0\r\n\r\n"))
                .contains(" 403 ")
                .doesNotContain("password");
    }

    @Test
    void connection_isRefused_whenTheBrowserSaysThatAnotherSiteAsks() throws IOException {
        for (String site : List.of("cross-site", "same-site")) {
            assertThat(get("/connection.json", host(), "Sec-Fetch-Site: " + site, "Sec-Fetch-Mode: no-cors"))
                    .startsWith("HTTP/1.1 403 ")
                    .doesNotContain("password");
        }
        assertThat(get("/connection.json", host(), "Sec-Fetch-Site: same-origin", "Sec-Fetch-Mode: cors"))
                .startsWith("HTTP/1.1 200 ");
        assertThat(get("/", host(), "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate"))
                .startsWith("HTTP/1.1 200 ");
    }

    @Test
    void answers_allowNoOtherOriginAndNoCache() throws IOException {
        for (String path : List.of("/", "/connection.json", "/other")) {
            assertThat(get(path, host(), "Origin: https://example.com"))
                    .doesNotContainIgnoringCase("Access-Control-")
                    .containsIgnoringCase("\r\nCache-Control: no-store\r\n")
                    .containsIgnoringCase("\r\nX-Content-Type-Options: nosniff\r\n")
                    .containsIgnoringCase("\r\nContent-Security-Policy: frame-ancestors 'none'\r\n");
        }
    }

    @Test
    void anythingElse_isNotThere() throws IOException {
        for (String path : List.of("/other", "/connection.json/", "/../index.html", "/index.htm")) {
            assertThat(get(path, host())).as(path).startsWith("HTTP/1.1 404 ");
        }
        assertThat(send("POST /connection.json HTTP/1.1\r\nHost: " + host() + "\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 405 ");
    }

    @Test
    void address_isReached_fromThisMachineOnly() throws IOException {
        for (InetAddress address : NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(Predicate.not(InetAddress::isLoopbackAddress))
                .toList()) {
            try (var socket = new Socket()) {
                assertThatThrownBy(() -> socket.connect(
                                new InetSocketAddress(address, server.address().getPort()), 1_000))
                        .as("%s", address)
                        .isInstanceOf(IOException.class);
            }
        }
    }

    @Test
    void start_whenThePortIsTaken_saysSo() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.ofLiteral(Loopback.HOST))) {
            assertThatThrownBy(() -> ExplorerServer.start(taken.getLocalPort(), BOLT))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("127.0.0.1:" + taken.getLocalPort());
        }
    }

    private static String host() {
        return "127.0.0.1:" + server.address().getPort();
    }

    private static String get(String path, String host, String... headers) throws IOException {
        String more = String.join(
                "", List.of(headers).stream().map(each -> each + "\r\n").toList());
        return send("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n" + more + "Connection: close\r\n\r\n");
    }

    private static String send(String request) throws IOException {
        try (var socket = new Socket(
                InetAddress.ofLiteral(Loopback.HOST), server.address().getPort())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
