package io.github.cloudmapgraph.consumer.neo4j;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Refuses to send credentials and registry unencrypted to an address that is not private.
 *
 * <p>The address decides, as the host's name resolves at the time of use, not the name: whether a name is public cannot
 * be seen, and what it resolves to may change. Private is what routers of the internet do not forward.
 *
 * @see <a href="https://www.iana.org/assignments/iana-ipv4-special-registry/">IPv4 special-purpose addresses</a>
 * @see <a href="https://www.iana.org/assignments/iana-ipv6-special-registry/">IPv6 special-purpose addresses</a>
 */
final class UnencryptedAddress {
    private static final Set<String> UNENCRYPTED = Set.of("neo4j", "bolt");

    /** Resolves a name or an address in digits. */
    @FunctionalInterface
    interface Names {
        InetAddress[] addresses(String host) throws UnknownHostException;
    }

    private final Names names;

    UnencryptedAddress(Names names) {
        this.names = names;
    }

    /** Tells why Neo4j must not be used there; empty where it may be. */
    Optional<Neo4jFailure> refusal(Neo4jAccess access) {
        if (access.allowUnencrypted() || !UNENCRYPTED.contains(access.uri().getScheme())) {
            return Optional.empty();
        }
        String host = access.uri().getHost();
        try {
            return Stream.of(names.addresses(host))
                    .filter(address -> !isPrivate(address))
                    .findFirst()
                    .map(address -> refused(access, address));
        } catch (UnknownHostException e) {
            // Not left to the driver, which may be told another address a moment later.
            return Optional.of(new Neo4jFailure.Unreachable("the host " + host + " has no address"));
        }
    }

    private static Neo4jFailure refused(Neo4jAccess access, InetAddress address) {
        return new Neo4jFailure.Unusable(access.address() + " is not encrypted, and " + address.getHostAddress()
                + " is a public address; use neo4j+s:// or bolt+s://, or, where the way there is safe, set"
                + " allowUnencrypted to true beside the address (NEO4J_ALLOW_UNENCRYPTED where there is no secret)");
    }

    private static boolean isPrivate(InetAddress address) {
        if (address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isAnyLocalAddress()
                // RFC 1918 in IPv4; in IPv6 the deprecated fec0::/10.
                || address.isSiteLocalAddress()) {
            return true;
        }
        byte[] bytes = address.getAddress();
        return address instanceof Inet4Address
                // 100.64.0.0/10, behind carrier-grade NAT; VPCs and overlay networks use it.
                ? (bytes[0] & 0xff) == 100 && (bytes[1] & 0xc0) == 64
                // fc00::/7, unique local.
                : (bytes[0] & 0xfe) == 0xfc;
    }
}
