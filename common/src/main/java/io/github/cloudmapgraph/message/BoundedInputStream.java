package io.github.cloudmapgraph.message;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Lets no more bytes through than were announced, so that a small object cannot unfold without end. */
final class BoundedInputStream extends FilterInputStream {
    /** More came than was announced. */
    static final class TooLong extends IOException {
        private static final long serialVersionUID = 1L;

        TooLong(long announced) {
            super("it is longer than the " + announced + " bytes that were announced");
        }
    }

    private final long announced;
    private long left;

    BoundedInputStream(InputStream in, long announced) {
        super(in);
        this.announced = announced;
        this.left = announced;
    }

    @Override
    public int read() throws IOException {
        return counted(super.read(), 1);
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = super.read(buffer, offset, length);
        return counted(read, read);
    }

    private int counted(int result, int bytes) throws IOException {
        if (result >= 0) {
            left -= bytes;
            if (left < 0) {
                throw new TooLong(announced);
            }
        }
        return result;
    }
}
