package io.github.cloudmapgraph.local.faults;

import io.github.cloudmapgraph.local.faults.Fault.AtCall;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One connection through the proxy. */
final class BoltConnection {
    /** How long the server of a client that died without a word believes that it lives. */
    private static final Duration SILENCE = Timings.TRANSACTION.plusSeconds(2);

    private final Socket client;
    private final Socket server;
    private final Gate gate;
    private final BoltMessages messages = new BoltMessages();

    /**
     * What befalls the next answer after what was sent last. A statement may be sent before the one before it is
     * answered: then it may be that one's. A commit is sent when all are.
     */
    private volatile @Nullable AtCall pending;

    private volatile boolean ended;

    BoltConnection(Socket client, Socket server, Gate gate) {
        this.client = client;
        this.server = server;
        this.gate = gate;
    }

    void start(Runnable afterEnd) {
        Thread.ofVirtual().start(() -> {
            pump(client, server, this::strikeBefore);
            afterEnd.run();
        });
        Thread.ofVirtual().start(() -> pump(server, client, this::strikeAfter));
    }

    /** Decides on bytes on their way; throws where they do not go on. */
    private interface Passage {
        void let(byte[] bytes) throws IOException;
    }

    private void pump(Socket from, Socket to, Passage passage) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[64 * 1024];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                passage.let(Arrays.copyOf(buffer, read));
                if (ended) {
                    return;
                }
                out.write(buffer, 0, read);
            }
        } catch (IOException | Killed e) {
            // One of the two ended it, or a fault did.
        } finally {
            if (!ended) {
                end(false);
            }
        }
    }

    private void strikeBefore(byte[] bytes) throws IOException {
        Optional<Step> step = messages.sent(bytes);
        Optional<AtCall> fault = step.isPresent() ? gate.arrive(step.get()) : Optional.empty();
        if (fault.isEmpty()) {
            gate.requireAlive();
            return;
        }
        switch (fault.get()) {
            case AtCall.KilledBefore(boolean silently) -> gate.kill(silently);
            case AtCall.ConnectionCut _ -> end(false);
            case AtCall.PausedBefore(var length) -> gate.pause(length);
            case AtCall.KilledAfter _, AtCall.AnswerLost _, AtCall.PausedAfter _ -> pending = fault.get();
            case AtCall.Throttled _, AtCall.ServerError _ ->
                throw new IOException("no fault of a database: " + fault.get());
        }
    }

    private void strikeAfter(byte[] bytes) {
        AtCall fault = pending;
        pending = null;
        switch (fault) {
            case AtCall.KilledAfter(boolean silently) -> gate.kill(silently);
            case AtCall.AnswerLost _ -> end(false);
            case AtCall.PausedAfter(var length) -> gate.pause(length);
            case null, default -> {}
        }
    }

    /**
     * Ends it.
     *
     * @param silently whether the server is left to believe for a while that the client lives
     */
    void end(boolean silently) {
        ended = true;
        close(client);
        if (silently) {
            Thread.ofVirtual().start(() -> {
                try {
                    Thread.sleep(SILENCE);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                close(server);
            });
        } else {
            close(server);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is of no use any more, closed or not.
        }
    }
}
