package io.github.cloudmapgraph.local.run;

import io.github.cloudmapgraph.local.servers.DynamoDbServer;
import io.github.cloudmapgraph.local.servers.ExplorerServer;
import io.github.cloudmapgraph.local.servers.Neo4jServer;
import io.github.cloudmapgraph.local.servers.S3Server;
import io.github.cloudmapgraph.local.servers.SqsServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** The embedded servers, started side by side. */
record LocalServers(Neo4jServer neo4j, SqsServer sqs, DynamoDbServer dynamoDb, S3Server s3, ExplorerServer explorer)
        implements AutoCloseable {
    /** Starts a server, with its data in a folder or for this run only. */
    private interface Start<T> {
        T start(Optional<Path> data) throws IOException;
    }

    static LocalServers start(LocalOptions options) throws IOException {
        List<CompletableFuture<? extends AutoCloseable>> started = new ArrayList<>();
        var neo4j = background(
                started,
                options.dataOf("neo4j"),
                data -> data.isPresent()
                        ? Neo4jServer.start(options.port(5), options.port(4), data.get())
                        : Neo4jServer.start(options.port(5), options.port(4)));
        var sqs = background(
                started,
                options.dataOf("sqs"),
                data -> data.isPresent()
                        ? SqsServer.start(options.port(1), data.get())
                        : SqsServer.start(options.port(1)));
        var dynamoDb = background(
                started,
                options.dataOf("dynamodb"),
                data -> data.isPresent()
                        ? DynamoDbServer.start(options.port(2), data.get())
                        : DynamoDbServer.start(options.port(2)));
        var s3 = background(
                started,
                options.dataOf("s3"),
                data -> data.isPresent()
                        ? S3Server.start(options.port(3), data.get())
                        : S3Server.start(options.port(3)));
        try {
            // Last, as it tells where Neo4j is.
            return new LocalServers(
                    neo4j.join(),
                    sqs.join(),
                    dynamoDb.join(),
                    s3.join(),
                    ExplorerServer.start(options.port(6), neo4j.join().bolt()));
        } catch (IOException e) {
            started.forEach(LocalServers::closeWhenStarted);
            throw e;
        } catch (CompletionException e) {
            started.forEach(LocalServers::closeWhenStarted);
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw e;
        }
    }

    private static <T extends AutoCloseable> CompletableFuture<T> background(
            List<CompletableFuture<? extends AutoCloseable>> started, Optional<Path> data, Start<T> start) {
        var future = CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return start.start(data);
                    } catch (IOException e) {
                        throw new CompletionException(e);
                    }
                },
                task -> Thread.ofPlatform().daemon().start(task));
        started.add(future);
        return future;
    }

    private static void closeWhenStarted(CompletableFuture<? extends AutoCloseable> server) {
        try {
            server.join().close();
        } catch (Exception e) {
            // It did not start, or ends with the JVM.
        }
    }

    @Override
    public void close() {
        explorer.close();
        s3.close();
        dynamoDb.close();
        sqs.close();
        neo4j.close();
    }
}
