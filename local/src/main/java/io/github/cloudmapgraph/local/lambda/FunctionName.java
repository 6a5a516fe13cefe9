package io.github.cloudmapgraph.local.lambda;

/** A function and where it would be deployed. */
public record FunctionName(String account, String region, String name) {
    /** Returns the ARN that the function is invoked by. */
    public String arn() {
        return "arn:aws:lambda:" + region + ":" + account + ":function:" + name;
    }
}
