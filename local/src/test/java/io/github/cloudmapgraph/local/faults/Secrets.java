package io.github.cloudmapgraph.local.faults;

import com.sun.net.httpserver.HttpServer;
import io.github.cloudmapgraph.json.Json;
import io.github.cloudmapgraph.local.servers.Neo4jServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Secrets Manager's GetSecretValue and no more: no server of it can be embedded. A secret's name ends with the port of
 * its environment's way to Neo4j; all share the password.
 */
public final class Secrets implements AutoCloseable {
    private final HttpServer server;
    private volatile String password = Neo4jServer.PASSWORD;

    /** Starts it. */
    public Secrets() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            Map<String, ?> request =
                    Json.parseObject(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            String id = String.valueOf(request.get("SecretId"));
            String secret = Json.write(Map.of(
                    "uri",
                    "bolt://127.0.0.1:" + id.replaceFirst(".*-", ""),
                    "username",
                    Neo4jServer.USER,
                    "password",
                    password));
            byte[] answer = Json.write(Map.of("ARN", id, "Name", id, "SecretString", secret))
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
    }

    /** Returns where it answers. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Names the secret of an environment that reaches Neo4j at this port. */
    public String secretFor(int port) {
        return "neo4j-" + port;
    }

    /** Has all secrets hold this password from now on. */
    public void setPassword(String rotated) {
        password = rotated;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
