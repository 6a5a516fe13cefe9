package io.github.cloudmapgraph.local.run;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/** The seven ports of a run. */
record Ports(int base) {
    static final int NUMBER = 7;

    /** Finds seven in a row that nobody uses. */
    static Ports free() {
        while (true) {
            var ports = new Ports(ThreadLocalRandom.current().nextInt(20_000, 30_000));
            if (ports.taken().isEmpty()) {
                return ports;
            }
        }
    }

    /** Takes one of them until it is closed. */
    ServerSocket take(int place) throws IOException {
        return new ServerSocket(base + place, 1, InetAddress.getLoopbackAddress());
    }

    List<Integer> all() {
        return IntStream.range(base, base + NUMBER).boxed().toList();
    }

    List<Integer> taken() {
        return IntStream.range(0, NUMBER).boxed().filter(this::isTaken).toList();
    }

    private boolean isTaken(int place) {
        try (var probe = take(place)) {
            return !probe.isBound();
        } catch (IOException e) {
            return true;
        }
    }
}
