package io.github.cloudmapgraph.local.cloudmap;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A namespace.
 *
 * @param createdAt milliseconds since 1970
 * @param operationId the operation that created it; none when it came from a file
 */
record Namespace(
        String id,
        String arn,
        String owner,
        String name,
        String httpName,
        Type type,
        String description,
        @Nullable String vpc,
        @Nullable String hostedZoneId,
        @Nullable Long soaTtl,
        Map<String, String> tags,
        long createdAt,
        String creatorRequestId,
        @Nullable String operationId) {
    enum Type {
        HTTP,
        DNS_PRIVATE,
        DNS_PUBLIC
    }

    Namespace {
        tags = new TreeMap<>(tags);
    }

    boolean isHttp() {
        return type == Type.HTTP;
    }

    Namespace with(String newDescription, @Nullable Long newSoaTtl) {
        return new Namespace(
                id,
                arn,
                owner,
                name,
                httpName,
                type,
                newDescription,
                vpc,
                hostedZoneId,
                newSoaTtl,
                tags,
                createdAt,
                creatorRequestId,
                operationId);
    }

    Namespace withTags(Map<String, String> newTags) {
        return new Namespace(
                id,
                arn,
                owner,
                name,
                httpName,
                type,
                description,
                vpc,
                hostedZoneId,
                soaTtl,
                newTags,
                createdAt,
                creatorRequestId,
                operationId);
    }

    Namespace createdBy(String newOperationId) {
        return new Namespace(
                id,
                arn,
                owner,
                name,
                httpName,
                type,
                description,
                vpc,
                hostedZoneId,
                soaTtl,
                tags,
                createdAt,
                creatorRequestId,
                newOperationId);
    }
}
