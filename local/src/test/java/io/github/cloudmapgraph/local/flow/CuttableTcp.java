package io.github.cloudmapgraph.local.flow;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A way to a TCP server that can be cut: what goes through ends, and what comes is turned away. */
public final class CuttableTcp implements AutoCloseable {
    private final InetSocketAddress target;
    private final ServerSocket listening;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile boolean cut;

    public CuttableTcp(URI target) throws IOException {
        this.target = new InetSocketAddress(InetAddress.getLoopbackAddress(), target.getPort());
        listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    public URI bolt() {
        return URI.create("bolt://127.0.0.1:" + listening.getLocalPort());
    }

    public void cut() {
        cut = true;
        open.forEach(CuttableTcp::end);
    }

    public void mend() {
        cut = false;
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket from = listening.accept();
                open.add(from);
                if (cut) {
                    end(from);
                    continue;
                }
                var to = new Socket();
                to.connect(target);
                open.add(to);
                Thread.ofVirtual().start(() -> pump(from, to));
                Thread.ofVirtual().start(() -> pump(to, from));
            } catch (IOException e) {
                // Closed, or Neo4j turned it away: the loop's condition tells.
            }
        }
    }

    private void pump(Socket from, Socket to) {
        try (from;
                to;
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            in.transferTo(out);
        } catch (IOException e) {
            // One of the two ended it, or it was cut.
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    private static void end(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is of no use any more, closed or not.
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
        cut();
    }
}
