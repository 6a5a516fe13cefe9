package io.github.cloudmapgraph.local.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What Linux says that a process listens on: more than the servers say of themselves. */
public final class ListeningSockets {

    private static final Path PROCESSES = Path.of("/proc");

    /** In <a href="https://docs.kernel.org/networking/proc_net_tcp.html">/proc/net/tcp</a>. */
    private static final String LISTEN = "0A";

    /** 127.0.0.1, also as an IPv4 address in IPv6's clothes, and ::1: words in the machine's byte order. */
    private static final Set<String> LOOPBACK =
            Set.of("0100007F", "0000000000000000FFFF00000100007F", "00000000000000000000000001000000");

    /** One socket: its address as the kernel writes it, and its port. */
    public record Socket(String address, int port) {

        public boolean isLoopback() {
            return LOOPBACK.contains(address);
        }
    }

    private ListeningSockets() {}

    static boolean canBeRead() {
        return Files.isDirectory(PROCESSES.resolve("self/net"));
    }

    static List<Socket> ofThisProcess() throws IOException {
        return of(ProcessHandle.current().pid());
    }

    /** Returns those of a process and of all that it started. */
    public static List<Socket> ofTree(ProcessHandle process) throws IOException {
        List<Socket> sockets = new ArrayList<>();
        for (ProcessHandle each :
                Stream.concat(Stream.of(process), process.descendants()).toList()) {
            sockets.addAll(of(each.pid()));
        }
        return sockets;
    }

    private static List<Socket> of(long pid) throws IOException {
        Path process = PROCESSES.resolve(Long.toString(pid));
        Set<String> inodes = socketInodes(process);
        return Stream.of("tcp", "tcp6")
                .flatMap(table -> listening(lines(process.resolve("net").resolve(table)), inodes))
                .toList();
    }

    /** Returns those of a table's rows that listen and belong to one of the inodes. */
    static Stream<Socket> listening(Stream<String> rows, Set<String> inodes) {
        return rows.map(row -> row.strip().split("\\s+", -1))
                .filter(columns -> columns[3].equals(LISTEN) && inodes.contains(columns[9]))
                .map(columns -> {
                    String local = columns[1];
                    int colon = local.indexOf(':');
                    return new Socket(local.substring(0, colon), Integer.parseInt(local.substring(colon + 1), 16));
                });
    }

    private static Set<String> socketInodes(Path process) throws IOException {
        var inodes = new HashSet<String>();
        try (var descriptors = Files.list(process.resolve("fd"))) {
            for (Path descriptor : descriptors.toList()) {
                try {
                    String target = Files.readSymbolicLink(descriptor).toString();
                    if (target.startsWith("socket:[")) {
                        inodes.add(target.substring("socket:[".length(), target.length() - 1));
                    }
                } catch (NoSuchFileException closed) {
                    // Since it was listed, as the list's own descriptor is: it was no listening socket.
                }
            }
        }
        return inodes;
    }

    private static Stream<String> lines(Path table) {
        try {
            return Files.readAllLines(table).stream().skip(1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
