package io.github.cloudmapgraph.benchmarks.coldstart;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import software.amazon.awssdk.services.servicediscovery.ServiceDiscoveryClient;

/**
 * One call of Cloud Map, made with the AWS SDK and whichever HTTP client its package holds: the least that a function
 * which reads the registry loads.
 */
public final class OneCallHandler implements RequestStreamHandler {
    // As functions do, for all invocations.
    private final ServiceDiscoveryClient cloudMap = ServiceDiscoveryClient.create();

    @Override
    public void handleRequest(InputStream payload, OutputStream answer, Context context) throws IOException {
        int namespaces = cloudMap.listNamespaces().namespaces().size();
        answer.write(("{\"namespaces\":" + namespaces + "}").getBytes(StandardCharsets.UTF_8));
    }
}
