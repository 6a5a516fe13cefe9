package io.github.cloudmapgraph.local.servers;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.gaul.s3proxy.AuthenticationType;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;

/** An S3 server (S3Proxy), with its objects in memory or as files in a directory. Buckets are made through the API. */
public final class S3Server implements AutoCloseable {

    private final S3Proxy server;

    private S3Server(S3Proxy server) {
        this.server = server;
    }

    /**
     * Starts it with its objects in memory.
     *
     * @param port 0 for any
     */
    public static S3Server start(int port) throws IOException {
        return start(port, new TransientNio2BlobStore());
    }

    /**
     * Starts it with its objects in a directory, which is made where it is missing.
     *
     * @param port 0 for any
     */
    public static S3Server start(int port, Path data) throws IOException {
        return start(
                port,
                new FilesystemNio2BlobStore(
                        Files.createDirectories(data).toAbsolutePath().toString()));
    }

    private static S3Server start(int port, BlobStore store) throws IOException {
        ServerLogs.problemsOnly();
        Loopback.requireFree("The S3 server", port);
        S3Proxy server = S3Proxy.builder()
                .blobStore(store)
                .endpoint(Loopback.http(port))
                .awsAuthentication(AuthenticationType.NONE, "", "")
                // The SDKs add headers faster than the server learns them.
                .ignoreUnknownHeaders(true)
                .build();
        try {
            server.start();
        } catch (Exception e) {
            throw new IOException("The S3 server did not start: " + e.getMessage(), e);
        }
        return new S3Server(server);
    }

    public URI endpoint() {
        return Loopback.http(server.getPort());
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("The S3 server did not stop: " + e.getMessage(), e);
        }
    }
}
