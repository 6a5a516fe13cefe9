package io.github.cloudmapgraph.aws;

import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes a value when it is first asked for, once; a failure is not kept. */
public final class Lazy<T> implements Supplier<T> {
    private final Supplier<T> maker;
    private @Nullable T value;

    /** Creates it; nothing is made yet. */
    public Lazy(Supplier<T> maker) {
        this.maker = maker;
    }

    @Override
    public synchronized T get() {
        T made = value;
        if (made == null) {
            made = maker.get();
            value = made;
        }
        return made;
    }

    /** Does something with the value if anybody has asked for it. */
    public synchronized void ifMade(Consumer<? super T> action) {
        if (value != null) {
            action.accept(value);
        }
    }
}
