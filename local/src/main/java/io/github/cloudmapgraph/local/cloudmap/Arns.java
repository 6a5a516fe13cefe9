package io.github.cloudmapgraph.local.cloudmap;

/** The ARNs of one region's namespaces and services. */
record Arns(String region) {
    String namespace(String owner, String id) {
        return arn(owner, "namespace/" + id);
    }

    String service(String owner, String id) {
        return arn(owner, "service/" + id);
    }

    private String arn(String owner, String resource) {
        return "arn:aws:servicediscovery:" + region + ":" + owner + ":" + resource;
    }

    static boolean isArn(String idOrArn) {
        return idOrArn.startsWith("arn:");
    }
}
