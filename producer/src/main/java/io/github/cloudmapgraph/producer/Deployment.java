package io.github.cloudmapgraph.producer;

import io.github.cloudmapgraph.snapshot.Scope;

/**
 * Where the function runs.
 *
 * @param account 12 digits
 * @param region for example {@code eu-west-1}
 */
record Deployment(String account, String region) {
    /**
     * Reads account and region from the function's ARN: {@code arn:PARTITION:lambda:REGION:ACCOUNT:function:NAME}.
     *
     * @throws IllegalArgumentException if it is none
     */
    static Deployment of(String functionArn) {
        String[] parts = functionArn.split(":", -1);
        if (parts.length < 7 || !parts[0].equals("arn") || !parts[2].equals("lambda")) {
            throw new IllegalArgumentException("'" + functionArn
                    + "' is no function's ARN; it has to be of the form arn:aws:lambda:REGION:ACCOUNT:function:NAME");
        }
        return new Deployment(parts[4], parts[3]);
    }

    Scope scope(String deploymentName) {
        return Scope.of(account, region, deploymentName);
    }
}
