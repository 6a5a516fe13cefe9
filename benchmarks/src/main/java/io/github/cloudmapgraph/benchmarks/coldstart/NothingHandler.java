package io.github.cloudmapgraph.benchmarks.coldstart;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** A function that does nothing, whose start nobody can shorten: what the others are measured beside. */
public final class NothingHandler implements RequestStreamHandler {
    @Override
    public void handleRequest(InputStream payload, OutputStream answer, Context context) throws IOException {
        answer.write('{');
        answer.write('}');
    }
}
