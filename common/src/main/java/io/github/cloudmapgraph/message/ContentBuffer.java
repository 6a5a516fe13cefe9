package io.github.cloudmapgraph.message;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Takes a content as it is written: as it is while it may fit into a message, compressed from then on. So a large one
 * never stands in memory as a whole.
 */
final class ContentBuffer extends OutputStream {
    /** The compressed bytes, which can be read again without a copy. */
    private static final class Stored extends ByteArrayOutputStream {
        InputStream open() {
            return new ByteArrayInputStream(buf, 0, count);
        }
    }

    private static final int GZIP_BUFFER = 64 * 1024;

    private final int mostPlainBytes;
    private final DigestOutputStream digest = new DigestOutputStream(OutputStream.nullOutputStream(), Digests.sha256());
    private final Stored stored = new Stored();
    private @Nullable ByteArrayOutputStream plain = new ByteArrayOutputStream();
    private @Nullable GZIPOutputStream gzip;
    private long length;

    /** Creates a buffer that keeps up to so many bytes as they are. */
    ContentBuffer(int mostPlainBytes) {
        this.mostPlainBytes = mostPlainBytes;
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
        digest.write(bytes, offset, count);
        length += count;
        if (plain != null && plain.size() + count <= mostPlainBytes) {
            plain.write(bytes, offset, count);
        } else {
            compressed().write(bytes, offset, count);
        }
    }

    private GZIPOutputStream compressed() throws IOException {
        GZIPOutputStream out = gzip;
        if (out == null) {
            out = new GZIPOutputStream(stored, GZIP_BUFFER);
            gzip = out;
        }
        if (plain != null) {
            plain.writeTo(out);
            plain = null;
        }
        return out;
    }

    /** Returns the length of what was written, before it was compressed. */
    long length() {
        return length;
    }

    /** Returns the digest of what was written; to be called once. */
    String digest() {
        return Digests.text(digest.getMessageDigest().digest());
    }

    /** Returns what was written, as it is; null where it was too long. */
    byte @Nullable [] plain() {
        return plain == null ? null : plain.toByteArray();
    }

    /** Compresses what is not yet compressed, and returns the length; nothing may be written any more. */
    int compress() throws IOException {
        compressed().finish();
        return stored.size();
    }

    /** Returns what was compressed, from its beginning each time. */
    InputStream openCompressed() {
        return stored.open();
    }
}
