package io.github.cloudmapgraph.local.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The room that the servers' files need: a server that meets a full disk fails late, and in its own words. */
final class Room {
    /** Neo4j's store and logs take a few MiB for the example; a transaction log grows by far more. */
    static final long NEEDED_BYTES = 64L * 1024 * 1024;

    private Room() {}

    /**
     * Makes sure that a folder, which is made where it is missing, has that much room.
     *
     * @throws UserException if it has not
     * @throws IOException if the folder cannot be made
     */
    static void require(Path folder, long neededBytes) throws IOException {
        long free = Files.getFileStore(Files.createDirectories(folder)).getUsableSpace();
        if (free < neededBytes) {
            throw new UserException("The disk of " + folder.toAbsolutePath() + " is full: " + mebibytes(free)
                    + " MiB are free, " + mebibytes(neededBytes)
                    + " MiB are needed; make room, or name another folder with --data");
        }
    }

    private static long mebibytes(long bytes) {
        return bytes / (1024 * 1024);
    }
}
