package io.github.cloudmapgraph.local.servers;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazon.dynamodb.grammar.DynamoDbGrammarLexer;
import com.amazon.dynamodb.grammar.DynamoDbGrammarParser;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBRequestHandler;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBServerHandler;

/**
 * DynamoDB Local, in memory or in a directory, behind an HTTP server of our own.
 *
 * <p>Its own {@code DynamoDBProxyServer} binds every interface of the machine with no way to tell it otherwise, and
 * reports usage to AWS. The handler behind it does neither.
 */
public final class DynamoDbServer implements AutoCloseable {

    private static final String NAME = "DynamoDB Local";

    private final Server server;
    private final ServerConnector connector;
    private final LocalDynamoDBServerHandler handler;

    private DynamoDbServer(Server server, ServerConnector connector, LocalDynamoDBServerHandler handler) {
        this.server = server;
        this.connector = connector;
        this.handler = handler;
    }

    /**
     * Starts it with its tables in memory.
     *
     * @param port 0 for any
     */
    public static DynamoDbServer start(int port) throws IOException {
        return start(port, true, null);
    }

    /**
     * Starts it with its tables in a directory, which is made where it is missing.
     *
     * @param port 0 for any
     */
    public static DynamoDbServer start(int port, Path data) throws IOException {
        return start(port, false, Files.createDirectories(data).toAbsolutePath().toString());
    }

    private static DynamoDbServer start(int port, boolean inMemory, @Nullable String directory) throws IOException {
        ServerLogs.problemsOnly();
        Loopback.requireFree(NAME, port);
        loadGrammarQuietly();
        LocalDynamoDBRequestHandler requests;
        try {
            // One database whatever credentials and region a client comes with; changes of a table's state take effect
            // at once.
            requests = new LocalDynamoDBRequestHandler(0, inMemory, directory, true, false);
        } catch (DynamoDbException e) {
            throw new IOException("%s cannot use %s: %s".formatted(NAME, directory, e.getMessage()), e);
        }
        var handler = new LocalDynamoDBServerHandler(requests, null);
        var threads = new QueuedThreadPool(16, 2);
        threads.setName("dynamodb");
        threads.setDaemon(true);
        var server = new Server(threads);
        var connector = new ServerConnector(server, 1, 1);
        connector.setHost(Loopback.HOST);
        connector.setPort(port);
        server.addConnector(connector);
        server.setHandler(handler);
        try {
            server.start();
        } catch (Exception e) {
            handler.close();
            throw new IOException(NAME + " did not start: " + e.getMessage(), e);
        }
        return new DynamoDbServer(server, connector, handler);
    }

    /**
     * Loads the parser of its expressions, which was generated for ANTLR 4.10 and tells standard error so: Neo4j needs
     * 4.13, and reads what either generates.
     */
    private static void loadGrammarQuietly() throws IOException {
        PrintStream standardError = System.err;
        System.setErr(new PrintStream(OutputStream.nullOutputStream(), false, UTF_8));
        try {
            Class.forName(DynamoDbGrammarLexer.class.getName());
            Class.forName(DynamoDbGrammarParser.class.getName());
        } catch (ClassNotFoundException e) {
            throw new IOException(NAME + " did not start: " + e.getMessage(), e);
        } finally {
            System.setErr(standardError);
        }
    }

    public URI endpoint() {
        return Loopback.http(connector.getLocalPort());
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException(NAME + " did not stop: " + e.getMessage(), e);
        } finally {
            handler.close();
        }
    }
}
