package io.github.cloudmapgraph.local.servers;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;

/** The one address that every server here listens on. */
final class Loopback {

    /** Not {@code localhost}: that may also mean {@code ::1}, or whatever a hosts file says. */
    static final String HOST = "127.0.0.1";

    private static final int ANY_BACKLOG = 1;

    private Loopback() {}

    static URI http(int port) {
        return URI.create("http://" + HOST + ":" + port);
    }

    /**
     * Refuses a port that something else listens on, before a server starts half of itself. Port 0 (any) is always
     * free.
     *
     * @throws IOException with a sentence for the person who chose the port
     */
    static void requireFree(String server, int port) throws IOException {
        if (port < 0 || port > 65_535) {
            throw new IOException("%s cannot listen on port %d: ports are 0 (any) to 65535.".formatted(server, port));
        }
        try (var probe = new ServerSocket(port, ANY_BACKLOG, InetAddress.ofLiteral(HOST))) {
            assert probe.isBound();
        } catch (BindException e) {
            throw new IOException(
                    "%s cannot listen on %s:%d: %s. Choose another port, or end what uses this one."
                            .formatted(server, HOST, port, e.getMessage()),
                    e);
        }
    }
}
