package io.github.cloudmapgraph.local.servers;

import static java.util.logging.Level.SEVERE;
import static java.util.logging.Level.WARNING;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Keeps the start-up reports of four HTTP servers out of the log of a run, which has its own story to tell. */
final class ServerLogs {

    /** Held here, because {@link java.util.logging} forgets the level of a logger that nobody refers to. */
    private static final List<Logger> QUIETED = List.of(
            quiet("org.apache.pekko", WARNING),
            quiet("org.elasticmq", WARNING),
            quiet("org.gaul", WARNING),
            quiet("org.neo4j.driver", WARNING),
            quiet("org.eclipse.jetty", WARNING),
            // Neo4j's own use of Jetty: a bounded queue of threads, and the jar of Browser, open as long as the server.
            quiet("org.eclipse.jetty.util.thread.QueuedThreadPool", SEVERE),
            quiet("org.eclipse.jetty.util.resource.ResourceFactory", SEVERE));

    private ServerLogs() {}

    /** Has effect once; a level that the logging configuration sets stays as it is. */
    static void problemsOnly() {
        assert !QUIETED.isEmpty();
    }

    private static Logger quiet(String name, Level level) {
        Logger logger = Logger.getLogger(name);
        if (logger.getLevel() == null) {
            logger.setLevel(level);
        }
        return logger;
    }
}
