package io.github.cloudmapgraph.consumer.neo4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnencryptedAddressTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.8.8.8",
                "0.0.0.0",
                "10.255.255.255",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.0.1",
                "169.254.0.1",
                "100.64.0.0",
                "100.127.255.255",
                "::1",
                "fe80::1",
                "fc00::1",
                "fdff::1",
                "::ffff:10.0.0.1"
            })
    void refusal_isNone_whenTheAddressIsPrivate(String address) {
        assertThat(refusal("bolt://graph.example.com:7687", false, address)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "203.0.113.7",
                "9.255.255.255",
                "11.0.0.0",
                "172.15.255.255",
                "172.32.0.0",
                "192.167.255.255",
                "169.253.255.255",
                "100.63.255.255",
                "100.128.0.0",
                "2001:db8::7",
                "fb00::1",
                "fe00::1",
                "::ffff:203.0.113.7"
            })
    void refusal_saysBothWaysOut_whenTheAddressIsPublic(String address) {
        for (String scheme : new String[] {"bolt", "neo4j"}) {
            assertThat(refusal(scheme + "://graph.example.com:7687", false, address))
                    .hasValueSatisfying(failure -> assertThat(failure)
                            .isInstanceOf(Neo4jFailure.Unusable.class)
                            .extracting(Neo4jFailure::reason)
                            .asString()
                            .startsWith(scheme + "://graph.example.com:7687 is not encrypted, and ")
                            .contains("neo4j+s://", "allowUnencrypted"));
        }
    }

    @Test
    void refusal_isThere_whenOneOfSeveralAddressesIsPublic() {
        assertThat(refusal("neo4j://graph", false, "10.0.0.1", "203.0.113.7")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bolt+s", "neo4j+s", "bolt+ssc", "neo4j+ssc"})
    void refusal_isNone_whenTheSchemeIsEncrypted(String scheme) {
        assertThat(refusal(scheme + "://graph.example.com", false, "203.0.113.7"))
                .isEmpty();
    }

    @Test
    void refusal_isNone_whenItIsAllowed() {
        assertThat(refusal("bolt://graph.example.com", true, "203.0.113.7")).isEmpty();
    }

    @Test
    void refusal_saysSo_whenTheNameHasNoAddress() {
        assertThat(refusal("bolt://graph.example.com", false))
                .contains(new Neo4jFailure.Unreachable("the host graph.example.com has no address"));
    }

    private static Optional<Neo4jFailure> refusal(String uri, boolean allowed, String... addresses) {
        var names = new UnencryptedAddress(host -> {
            if (addresses.length == 0) {
                throw new UnknownHostException(host);
            }
            return Arrays.stream(addresses).map(InetAddress::ofLiteral).toArray(InetAddress[]::new);
        });
        return names.refusal(new Neo4jAccess(URI.create(uri), "user", "password", "", allowed));
    }
}
