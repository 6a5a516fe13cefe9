package io.github.cloudmapgraph.snapstart;

import io.github.cloudmapgraph.log.Log;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.crac.Core;
import org.crac.Resource;

/**
 * Lambda's SnapStart: when a version is published, one process is started and its memory saved; every execution
 * environment goes on from there.
 *
 * <p>What that process did is done in all of them: classes are loaded, and what ran often is compiled. So a function
 * rehearses its work before.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/snapstart-runtime-hooks-java.html">Runtime hooks</a>
 */
public final class SnapStart {
    /**
     * A function's work, done without an effect: nothing of it may be left where it calls, and nothing that an
     * invocation uses may be touched. The JDK's idle connections are left: they are too old to be used after a restore.
     *
     * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/snapstart-uniqueness.html">What must not be in a
     *     snapshot</a>
     */
    public interface Rehearsal extends AutoCloseable {
        /**
         * Does it once.
         *
         * @param timeLeft after which it does not matter any more
         * @throws RuntimeException if a part cannot be done here; its text says which, and why
         */
        void play(Duration timeLeft);

        /** Closes what it opened for all times. */
        @Override
        default void close() {}
    }

    /** Lambda's variable that tells how a process is started, and its value where its memory is to be saved. */
    private static final String INITIALIZATION_TYPE = "AWS_LAMBDA_INITIALIZATION_TYPE";

    private static final String SNAP_START = "snap-start";

    /** Held: the runtime itself forgets a hook that nobody holds. */
    private static final Set<Resource> HOOKS = Collections.synchronizedSet(new HashSet<>());

    private SnapStart() {}

    /**
     * Has a rehearsal played before the snapshot is taken. Does nothing in a process whose memory is not saved. That a
     * rehearsal fails is logged, and no more: the function then starts as if there had been none.
     *
     * @param environment the process's variables, of which Lambda's {@code AWS_LAMBDA_INITIALIZATION_TYPE} counts
     */
    public static void rehearse(Map<String, String> environment, InstantSource clock, Log log, Rehearsal rehearsal) {
        if (isToBeSaved(environment)) {
            var hook = new RehearsalHook(rehearsal, clock, log);
            HOOKS.add(hook);
            Core.getGlobalContext().register(hook);
        }
    }

    static boolean isToBeSaved(Map<String, String> environment) {
        return SNAP_START.equals(environment.get(INITIALIZATION_TYPE));
    }
}
