package io.github.cloudmapgraph.local.servers;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.cloudmapgraph.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * Serves the explorer's page, and beside it, to this page alone, what it needs to connect by itself.
 *
 * <p>Any web page can have a browser send requests to the loopback address. So that none reads the answers, no header
 * allows another origin to, a request that the browser marks as another site's is refused, and so is one for another
 * host's name, which that host may have pointed at this address (DNS rebinding).
 */
public final class ExplorerServer implements AutoCloseable {
    private static final String PAGE = "/io/github/cloudmapgraph/explorer/index.html";

    private final HttpServer http;
    private final ExecutorService executor;
    private final byte[] page;
    private final byte[] connection;

    private ExplorerServer(HttpServer http, byte[] page, byte[] connection) {
        this.http = http;
        this.page = page;
        this.connection = connection;
        this.executor = Executors.newVirtualThreadPerTaskExecutor();
    }

    /**
     * Starts it.
     *
     * @param port 0 for any
     * @param bolt where the page finds the Neo4j server of this machine
     */
    public static ExplorerServer start(int port, URI bolt) throws IOException {
        byte[] page = page();
        byte[] connection = Json.write(Map.of(
                        "uri", bolt.toString(),
                        "username", Neo4jServer.USER,
                        "password", Neo4jServer.PASSWORD,
                        "database", Neo4jServer.DATABASE))
                .getBytes(StandardCharsets.UTF_8);
        Loopback.requireFree("The explorer", port);
        var http = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral(Loopback.HOST), port), 0);
        var server = new ExplorerServer(http, page, connection);
        http.setExecutor(server.executor);
        http.createContext("/", server::handle);
        http.start();
        return server;
    }

    private static byte[] page() throws IOException {
        try (@Nullable InputStream page = ExplorerServer.class.getResourceAsStream(PAGE)) {
            if (page == null) {
                throw new IOException("The explorer's page is not on the class path; ./run-local builds it.");
            }
            return page.readAllBytes();
        }
    }

    /** Where a browser finds the page. */
    public URI address() {
        return Loopback.http(http.getAddress().getPort()).resolve("/");
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var headers = exchange.getResponseHeaders();
            headers.set("Cache-Control", "no-store");
            headers.set("X-Content-Type-Options", "nosniff");
            headers.set("Cross-Origin-Resource-Policy", "same-origin");
            // The page's own policy cannot say this: a meta element comes too late for it.
            headers.set("Content-Security-Policy", "frame-ancestors 'none'");
            if (!isForThisHost(exchange) || isFromAnotherSite(exchange)) {
                exchange.sendResponseHeaders(403, -1);
                return;
            }
            if (!Set.of("GET", "HEAD").contains(exchange.getRequestMethod())) {
                headers.set("Allow", "GET, HEAD");
                exchange.sendResponseHeaders(405, -1);
                return;
            }
            switch (exchange.getRequestURI().getPath()) {
                case "/", "/index.html" -> send(exchange, "text/html; charset=utf-8", page);
                case "/connection.json" -> send(exchange, "application/json", connection);
                case null, default -> exchange.sendResponseHeaders(404, -1);
            }
        }
    }

    private boolean isForThisHost(HttpExchange exchange) {
        int port = http.getAddress().getPort();
        String host = exchange.getRequestHeaders().getFirst("Host");
        return (Loopback.HOST + ":" + port).equals(host) || ("localhost:" + port).equals(host);
    }

    /** A link to the page, or an address that was typed, is not another site's doing; what a script asks for is. */
    private static boolean isFromAnotherSite(HttpExchange exchange) {
        String site = exchange.getRequestHeaders().getFirst("Sec-Fetch-Site");
        String mode = exchange.getRequestHeaders().getFirst("Sec-Fetch-Mode");
        return site != null && !Set.of("same-origin", "none").contains(site) && !"navigate".equals(mode);
    }

    private static void send(HttpExchange exchange, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(200, head ? -1 : body.length);
        if (!head) {
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        http.stop(0);
        executor.close();
    }
}
