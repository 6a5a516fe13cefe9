package io.github.cloudmapgraph.local.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Shows that the check of listening sockets can fail. */
class ListeningSocketsTest {
    @ParameterizedTest
    @CsvSource({
        "0100007F:1D93, true, 7571",
        "00000000000000000000000001000000:1D93, true, 7571",
        "0000000000000000FFFF00000100007F:1D93, true, 7571",
        "00000000:1F90, false, 8080",
        "0700000A:1F90, false, 8080",
        "00000000000000000000000000000000:1F90, false, 8080"
    })
    void listening_tellsWhetherOthersReachIt(String address, boolean loopback, int port) {
        assertThat(ListeningSockets.listening(Stream.of(row(address, "0A", "4711")), Set.of("4711")))
                .singleElement()
                .returns(loopback, ListeningSockets.Socket::isLoopback)
                .returns(port, ListeningSockets.Socket::port);
    }

    @Test
    void listening_leavesOutConnectionsAndOtherProcesses() {
        assertThat(ListeningSockets.listening(
                        Stream.of(row("00000000:1F90", "01", "4711"), row("00000000:1F90", "0A", "4712")),
                        Set.of("4711")))
                .isEmpty();
    }

    private static String row(String address, String state, String inode) {
        return "   0: " + address + " 00000000:0000 " + state
                + " 00000000:00000000 00:00000000 00000000  1000        0 " + inode
                + " 1 0000000000000000 100 0 0 10 0";
    }
}
