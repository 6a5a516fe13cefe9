package io.github.cloudmapgraph.consumer.graph;

import static java.util.Objects.requireNonNull;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A value that is made when it is first asked for, once; for use by one thread. */
final class Lazy<T> implements Supplier<T> {
    /** Forgotten once the value is there, with all that it was made of. */
    private @Nullable Supplier<T> making;

    private @Nullable T value;

    Lazy(Supplier<T> making) {
        this.making = making;
    }

    @Override
    public T get() {
        if (making != null) {
            value = making.get();
            making = null;
        }
        return requireNonNull(value);
    }
}
