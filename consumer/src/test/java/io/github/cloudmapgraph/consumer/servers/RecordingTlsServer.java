package io.github.cloudmapgraph.consumer.servers;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/**
 * A TLS server with a certificate of choice before the real Neo4j. It records what a client sends: as it comes over the
 * wire, and what it turns out to be once decrypted.
 */
public final class RecordingTlsServer implements AutoCloseable {
    /** Of {@link Sent#type()}: a byte of the client's own, or, from TLS 1.3 on, an encrypted alert. */
    public static final int APPLICATION_DATA = 23;

    private static final int RECORD_HEADER_BYTES = 5;

    /**
     * A record of TLS that a client sent.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc8446#section-5.1">RFC 8446, record layer</a>
     */
    public record Sent(int type, int length) {}

    private final ServerSocket wireSide;
    private final SSLServerSocket tlsSide;
    private final int neo4jPort;
    private final List<ByteArrayOutputStream> wires = new CopyOnWriteArrayList<>();
    private final ByteArrayOutputStream decrypted = new ByteArrayOutputStream();
    private final AtomicInteger refusedHandshakes = new AtomicInteger();

    /**
     * Starts it.
     *
     * @param certificate one of the names in {@link Certificates}
     * @param protocol the only version of TLS that it speaks
     */
    public RecordingTlsServer(String certificate, String protocol) throws IOException, GeneralSecurityException {
        neo4jPort = ServersForTests.NEO4J.uri().getPort();
        InetAddress loopback = InetAddress.ofLiteral("127.0.0.1");
        wireSide = new ServerSocket(0, 50, loopback);
        tlsSide = (SSLServerSocket) ServersForTests.CERTIFICATES
                .serverContext(certificate)
                .getServerSocketFactory()
                .createServerSocket(0, 50, loopback);
        tlsSide.setEnabledProtocols(new String[] {protocol});
        accept(wireSide, socket -> {
            var wire = new ByteArrayOutputStream();
            wires.add(wire);
            join(socket, new Socket(loopback, tlsSide.getLocalPort()), wire);
        });
        accept(tlsSide, socket -> {
            try {
                ((SSLSocket) socket).startHandshake();
            } catch (IOException e) {
                refusedHandshakes.incrementAndGet();
                throw e;
            }
            join(socket, new Socket(loopback, neo4jPort), decrypted);
        });
    }

    private interface Service {
        void serve(Socket socket) throws IOException;
    }

    private static void accept(ServerSocket server, Service service) {
        Thread.ofVirtual().start(() -> {
            while (!server.isClosed()) {
                try {
                    Socket socket = server.accept();
                    Thread.ofVirtual().start(() -> {
                        try (socket) {
                            service.serve(socket);
                        } catch (IOException e) {
                            // The client went away, which is what is wanted of it.
                        }
                    });
                } catch (IOException e) {
                    // Closed by the test's end.
                }
            }
        });
    }

    private static void join(Socket client, Socket server, OutputStream record) throws IOException {
        try (server) {
            Thread back = Thread.ofVirtual().start(() -> {
                try (client) {
                    copy(server.getInputStream(), client.getOutputStream(), OutputStream.nullOutputStream());
                } catch (IOException e) {
                    // One of the two has closed.
                }
            });
            copy(client.getInputStream(), server.getOutputStream(), record);
            server.shutdownOutput();
            back.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void copy(InputStream in, OutputStream out, OutputStream record) throws IOException {
        byte[] buffer = new byte[16_384];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            record.write(buffer, 0, read);
            out.write(buffer, 0, read);
            out.flush();
        }
    }

    public int port() {
        return wireSide.getLocalPort();
    }

    public int connections() {
        return wires.size();
    }

    public int refusedHandshakes() {
        return refusedHandshakes.get();
    }

    /** Returns all that was sent inside of TLS. */
    public byte[] decrypted() {
        return decrypted.toByteArray();
    }

    /** Returns all that came over the wire, one connection after the other. */
    public byte[] wire() {
        var all = new ByteArrayOutputStream();
        wires.forEach(wire -> all.writeBytes(wire.toByteArray()));
        return all.toByteArray();
    }

    /** Returns the records of each connection. */
    public List<List<Sent>> sent() {
        return wires.stream().map(wire -> records(wire.toByteArray())).toList();
    }

    private static List<Sent> records(byte[] bytes) {
        List<Sent> records = new ArrayList<>();
        for (ByteBuffer rest = ByteBuffer.wrap(bytes); rest.remaining() >= RECORD_HEADER_BYTES; ) {
            int type = rest.get();
            // The version, which says nothing.
            rest.getShort();
            int length = Short.toUnsignedInt(rest.getShort());
            records.add(new Sent(type, length));
            rest.position(rest.position() + Math.min(length, rest.remaining()));
        }
        return records;
    }

    @Override
    public void close() {
        try {
            wireSide.close();
            tlsSide.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
