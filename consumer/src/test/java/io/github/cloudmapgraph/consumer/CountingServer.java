package io.github.cloudmapgraph.consumer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the connections that come; answers each request alike, once it serves. */
final class CountingServer implements AutoCloseable {
    private final ServerSocketChannel server;
    private final int status;
    private final String body;
    private final AtomicInteger connections = new AtomicInteger();

    CountingServer(int status, String body) {
        this.status = status;
        this.body = body;
        try {
            server = ServerSocketChannel.open()
                    .bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Denies everything, as a service does. */
    static CountingServer denying() {
        return new CountingServer(400, "{\"__type\":\"AccessDeniedException\",\"message\":\"not authorized\"}");
    }

    int port() {
        return server.socket().getLocalPort();
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + port());
    }

    /** Tells whether somebody has connected, though nobody is served yet. */
    boolean hasBeenConnectedTo() throws IOException {
        server.configureBlocking(false);
        try (var waiting = server.accept()) {
            return waiting != null;
        } finally {
            server.configureBlocking(true);
        }
    }

    /** Serves from now on. */
    CountingServer serve() {
        Thread.ofVirtual().start(() -> {
            while (server.isOpen()) {
                try (Socket socket = server.accept().socket()) {
                    connections.incrementAndGet();
                    answer(socket);
                } catch (IOException e) {
                    // Closed, by the client or by the test's end.
                }
            }
        });
        return this;
    }

    int connections() {
        return connections.get();
    }

    private void answer(Socket socket) throws IOException {
        socket.setSoTimeout(2_000);
        String head = head(socket.getInputStream());
        int length = head.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-length:"))
                .mapToInt(line -> Integer.parseInt(line.substring(15).strip()))
                .findFirst()
                .orElse(0);
        socket.getInputStream().readNBytes(length);
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        String answer = "HTTP/1.1 " + status + " OK\r\nContent-Type: application/json\r\nContent-Length: "
                + bytes.length + "\r\nConnection: close\r\n\r\n";
        socket.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
        if (!head.startsWith("HEAD ")) {
            socket.getOutputStream().write(bytes);
        }
    }

    private static String head(InputStream in) throws IOException {
        var head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("closed");
            }
            head.write(next);
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
