package io.github.cloudmapgraph.local.faults;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One environment's way to Neo4j: a TCP proxy that knows a commit from a statement, and leads each through the gate.
 */
final class BoltWay implements AutoCloseable {
    private final InetSocketAddress target;
    private final ServerSocket listening;
    private final Set<BoltConnection> open = ConcurrentHashMap.newKeySet();
    private final Gate gate;

    BoltWay(int neo4jPort, Gate gate) throws IOException {
        this.target = new InetSocketAddress(InetAddress.getLoopbackAddress(), neo4jPort);
        this.gate = gate;
        listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        gate.onDeath(silently -> {
            closeListening();
            open.forEach(connection -> connection.end(silently));
        });
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    /** Breaks every connection that there is; new ones are welcome. */
    void cut() {
        open.forEach(connection -> connection.end(false));
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket from = listening.accept();
                var to = new Socket();
                try {
                    to.connect(target);
                } catch (IOException e) {
                    // Neo4j is down.
                    from.close();
                    continue;
                }
                from.setTcpNoDelay(true);
                to.setTcpNoDelay(true);
                var connection = new BoltConnection(from, to, gate);
                open.add(connection);
                connection.start(() -> open.remove(connection));
            } catch (IOException e) {
                // Closed: the loop's condition tells.
            }
        }
    }

    private void closeListening() {
        try {
            listening.close();
        } catch (IOException e) {
            // It listens no more, closed or not.
        }
    }

    @Override
    public void close() {
        closeListening();
        cut();
    }
}
