package io.github.cloudmapgraph.local.cloudmap;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.random.RandomGenerator;

/** Draws identifiers of the shapes that the real service's have. */
final class Ids {
    private static final String LOWER = "abcdefghijklmnopqrstuvwxyz234567";
    private static final String UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

    private final RandomGenerator random = new SecureRandom();

    String namespace() {
        return "ns-" + draw(LOWER, 16);
    }

    String service() {
        return "srv-" + draw(LOWER, 16);
    }

    String operation() {
        return draw(LOWER, 32) + "-" + draw(LOWER, 8);
    }

    String hostedZone() {
        return "Z" + draw(UPPER, 20);
    }

    /** Returns the id that always follows from the same source. */
    static String derived(String prefix, String source) {
        byte[] digest;
        try {
            digest = MessageDigest.getInstance("SHA-256").digest(source.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java platform has SHA-256", impossible);
        }
        var id = new StringBuilder(prefix);
        for (int i = 0; i < 16; i++) {
            id.append(LOWER.charAt((digest[i] & 0xff) % LOWER.length()));
        }
        return id.toString();
    }

    private String draw(String alphabet, int length) {
        var drawn = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            drawn.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return drawn.toString();
    }
}
