package io.github.cloudmapgraph.local.lambda;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import java.io.PrintStream;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The context of one invocation.
 *
 * @param requestId the same in a retry
 * @param deadline when Lambda would end the invocation
 */
record InvocationContext(
        FunctionName function, String requestId, Instant deadline, InstantSource clock, PrintStream log)
        implements Context {
    @Override
    public String getAwsRequestId() {
        return requestId;
    }

    @Override
    public String getLogGroupName() {
        return "/aws/lambda/" + function.name();
    }

    @Override
    public String getLogStreamName() {
        return "local";
    }

    @Override
    public String getFunctionName() {
        return function.name();
    }

    @Override
    public String getFunctionVersion() {
        return "$LATEST";
    }

    @Override
    public String getInvokedFunctionArn() {
        return function.arn();
    }

    @Override
    @SuppressWarnings("NullAway") // Lambda gives null too: no mobile client invokes the functions.
    public CognitoIdentity getIdentity() {
        return null;
    }

    @Override
    @SuppressWarnings("NullAway") // As above.
    public ClientContext getClientContext() {
        return null;
    }

    @Override
    public int getRemainingTimeInMillis() {
        return (int) Math.max(0, deadline.toEpochMilli() - clock.millis());
    }

    @Override
    public int getMemoryLimitInMB() {
        return 1024;
    }

    @Override
    public LambdaLogger getLogger() {
        return new LambdaLogger() {
            @Override
            public void log(String message) {
                log.println(message);
            }

            @Override
            public void log(byte[] message) {
                log.writeBytes(message);
            }
        };
    }
}
