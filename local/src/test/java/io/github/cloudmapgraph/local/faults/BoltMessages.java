package io.github.cloudmapgraph.local.faults;

import java.util.Optional;

/**
 * Tells from the bytes that a driver sends what it asks for.
 *
 * <p>A message is one chunk or several, each after its length in two bytes, and two zeros at the end. Its content
 * begins with {@code B}, the number of its fields, and its tag.
 *
 * @see <a href="https://neo4j.com/docs/bolt/current/bolt/message/">Bolt messages</a>
 */
final class BoltMessages {
    private static final byte[] COMMIT = {0, 2, (byte) 0xB0, 0x12, 0, 0};
    private static final byte[] BEGIN = {(byte) 0xB1, 0x11};
    private static final byte[] RUN = {(byte) 0xB3, 0x10};

    private boolean greeted;

    /** Returns the step that these bytes are; nothing for what has none, as a reset. */
    Optional<Step> sent(byte[] bytes) {
        if (!greeted) {
            greeted = true;
            return Optional.of(Step.NEO4J_CONNECT);
        }
        if (contains(bytes, COMMIT)) {
            return Optional.of(Step.NEO4J_COMMIT);
        }
        if (contains(bytes, BEGIN)) {
            return Optional.of(Step.NEO4J_BEGIN);
        }
        return contains(bytes, RUN) ? Optional.of(Step.NEO4J_STATEMENT) : Optional.empty();
    }

    private static boolean contains(byte[] bytes, byte[] part) {
        for (int start = 0; start + part.length <= bytes.length; start++) {
            int matching = 0;
            while (matching < part.length && bytes[start + matching] == part[matching]) {
                matching++;
            }
            if (matching == part.length) {
                return true;
            }
        }
        return false;
    }
}
