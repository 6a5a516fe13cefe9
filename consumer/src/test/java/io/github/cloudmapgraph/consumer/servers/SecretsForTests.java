package io.github.cloudmapgraph.consumer.servers;

import com.sun.net.httpserver.HttpServer;
import io.github.cloudmapgraph.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Secrets Manager's GetSecretValue and no more: no server of it can be embedded. */
public final class SecretsForTests {
    private final Map<String, String> secrets = new ConcurrentHashMap<>();
    private final Map<String, String> brokenAnswers = new ConcurrentHashMap<>();
    private final AtomicInteger reads = new AtomicInteger();
    private final HttpServer server;

    SecretsForTests() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        server.createContext("/", exchange -> {
            Map<String, ?> request =
                    Json.parseObject(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            reads.incrementAndGet();
            String id = String.valueOf(request.get("SecretId"));
            String secret = secrets.get(id);
            byte[] answer = (brokenAnswers.containsKey(id)
                            ? brokenAnswers.get(id)
                            : Json.write(
                                    secret == null
                                            ? Map.of(
                                                    "__type", "ResourceNotFoundException",
                                                    "message", "Secrets Manager can't find the specified secret.")
                                            : Map.of("ARN", id, "Name", id, "SecretString", secret)))
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
            exchange.sendResponseHeaders(secret == null && !brokenAnswers.containsKey(id) ? 400 : 200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Sets a secret's text. */
    public void put(String id, String secret) {
        secrets.put(id, secret);
    }

    /** Sets what is answered, as it is, to who asks for a secret. */
    public void answerBrokenly(String id, String answer) {
        brokenAnswers.put(id, answer);
    }

    /** Returns how often any secret was read. */
    public int reads() {
        return reads.get();
    }
}
