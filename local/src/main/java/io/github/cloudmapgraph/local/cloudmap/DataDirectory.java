package io.github.cloudmapgraph.local.cloudmap;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a registry's state in a folder.
 *
 * <p>A thread of its own writes the whole state, again and again while there are changes: one write covers all changes
 * that came during the one before. A call that changed something is answered only when it is on disk, so that an
 * answered change survives anything.
 */
final class DataDirectory implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DataDirectory.class);
    private static final String NAME = "cloud-map.json";

    private final Registry registry;
    private final Path directory;
    private final Thread writer = new Thread(this::writeUntilClosed, "cloud-map-data");
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();

    // Numbers of changes: up to which it is to be written, was written or failed, and was written.
    private long wanted;
    private long tried;
    private long saved;
    private @Nullable IOException failure;
    private boolean closed;

    private DataDirectory(Path directory, Registry registry) {
        this.directory = directory;
        this.registry = registry;
    }

    /** Opens the folder and restores what it holds. */
    static DataDirectory open(Path directory, Registry registry) throws IOException {
        Files.createDirectories(directory);
        var data = new DataDirectory(directory, registry);
        if (Files.exists(data.file())) {
            SavedRegistry.parse(data.file(), Files.readAllBytes(data.file()), registry.options())
                    .restore(registry);
        }
        long change = registry.changes();
        data.wanted = change;
        data.tried = change;
        data.saved = change;
        data.writer.setDaemon(true);
        data.writer.start();
        return data;
    }

    /** Returns when the change of this number and all before it are on disk. */
    void await(long change) throws IOException {
        lock.lock();
        try {
            wanted = Math.max(wanted, change);
            if (saved < change && tried >= change) {
                // It was tried in vain; by now the disk may have room.
                tried = change - 1;
            }
            news.signalAll();
            while (tried < change && !closed) {
                news.awaitUninterruptibly();
            }
            if (saved < change) {
                throw new IOException("the registry could not be saved in %s: %s".formatted(directory, failure));
            }
        } finally {
            lock.unlock();
        }
    }

    /** Writes what is not written yet, and ends. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            news.signalAll();
        } finally {
            lock.unlock();
        }
        try {
            writer.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void writeUntilClosed() {
        while (awaitWork()) {
            long change = registry.call(registry::changes);
            IOException failed = null;
            try {
                write(registry.call(() -> SavedRegistry.of(registry)).json());
            } catch (IOException broken) {
                LOG.error("The registry could not be saved in {}: {}", directory, broken.toString());
                failed = broken;
            }
            lock.lock();
            try {
                tried = change;
                saved = failed == null ? change : saved;
                failure = failed;
                news.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    /** Returns false when it is time to end: closed, and nothing left that was not tried. */
    private boolean awaitWork() {
        lock.lock();
        try {
            while (tried >= wanted && !closed) {
                news.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
        // Outside of the lock: what fell due meanwhile takes effect here, and counts as a change.
        long latest = registry.call(registry::changes);
        lock.lock();
        try {
            return tried < Math.max(wanted, latest);
        } finally {
            lock.unlock();
        }
    }

    private void write(byte[] state) throws IOException {
        Path temporary = directory.resolve(NAME + ".new");
        try (var channel = FileChannel.open(
                temporary, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            var buffer = ByteBuffer.wrap(state);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
        Files.move(temporary, file(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        try (var folder = FileChannel.open(directory, StandardOpenOption.READ)) {
            folder.force(true);
        }
    }

    private Path file() {
        return directory.resolve(NAME);
    }
}
