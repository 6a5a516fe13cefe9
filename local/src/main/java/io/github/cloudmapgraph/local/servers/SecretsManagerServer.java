package io.github.cloudmapgraph.local.servers;

import com.sun.net.httpserver.HttpServer;
import io.github.cloudmapgraph.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Secrets Manager's GetSecretValue, the one call of it that the consumer makes, and no more: no server of it can be
 * embedded. A secret's name ends with the port at which Neo4j is reached; all share the password.
 */
public final class SecretsManagerServer implements AutoCloseable {
    private final HttpServer server;
    private volatile String password = Neo4jServer.PASSWORD;

    private SecretsManagerServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            Map<String, ?> request =
                    Json.parseObject(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            String id = String.valueOf(request.get("SecretId"));
            String secret = Json.write(Map.of(
                    "uri",
                    "bolt://" + Loopback.HOST + ":" + id.replaceFirst(".*-", ""),
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

    /** Starts it, on any free port. */
    public static SecretsManagerServer start() throws IOException {
        return new SecretsManagerServer();
    }

    /** Returns where it answers. */
    public URI endpoint() {
        return Loopback.http(server.getAddress().getPort());
    }

    /** Names the secret of a function that reaches Neo4j at this port of the loopback address. */
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
