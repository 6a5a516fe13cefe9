package io.github.cloudmapgraph.consumer.servers;

import java.net.URI;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBRequestHandler;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBServerHandler;

/** DynamoDB Local in memory, until the JVM ends. */
final class DynamoDbForTests {
    private DynamoDbForTests() {}

    /** Starts it; its own server would listen on every interface. */
    static URI start() throws Exception {
        var requests = new LocalDynamoDBRequestHandler(0, true, null, true, false);
        var threads = new QueuedThreadPool(16, 2);
        threads.setDaemon(true);
        var server = new Server(threads);
        var connector = new ServerConnector(server, 1, 1);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(new LocalDynamoDBServerHandler(requests, null));
        server.start();
        return URI.create("http://127.0.0.1:" + connector.getLocalPort());
    }
}
