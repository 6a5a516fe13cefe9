package io.github.cloudmapgraph.local.cloudmap;

import org.jspecify.annotations.Nullable;

/**
 * An asynchronous operation.
 *
 * @param createdAt milliseconds since 1970, as the other times
 * @param dueAt when it ends
 * @param ended null while it runs
 */
record Operation(
        String id,
        String owner,
        Type type,
        @Nullable String namespaceId,
        @Nullable String serviceId,
        @Nullable String instanceId,
        String requestId,
        long createdAt,
        long dueAt,
        @Nullable Ended ended) {
    /** The operation's kind, as GetOperation names it. */
    enum Type {
        CREATE_NAMESPACE,
        DELETE_NAMESPACE,
        UPDATE_NAMESPACE,
        UPDATE_SERVICE,
        REGISTER_INSTANCE,
        DEREGISTER_INSTANCE
    }

    /** An operation before it has an id and a time. */
    record Draft(
            String owner,
            Type type,
            @Nullable String namespaceId,
            @Nullable String serviceId,
            @Nullable String instanceId,
            String requestId) {
        Operation start(String id, long now, long dueAt) {
            return new Operation(id, owner, type, namespaceId, serviceId, instanceId, requestId, now, dueAt, null);
        }
    }

    /** The result; the error is null on success. */
    record Ended(long at, @Nullable String error) {}

    /** SUBMITTED in the first half of its time, then PENDING. */
    String status(long now) {
        if (ended != null) {
            return ended.error() == null ? "SUCCESS" : "FAIL";
        }
        return now < halfway() ? "SUBMITTED" : "PENDING";
    }

    long updatedAt(long now) {
        if (ended != null) {
            return ended.at();
        }
        return now < halfway() ? createdAt : halfway();
    }

    /** What no two running operations may share. */
    String target() {
        return instanceId != null ? serviceId + "/" + instanceId : serviceId != null ? serviceId : "" + namespaceId;
    }

    Operation end(long at, @Nullable String error) {
        return new Operation(
                id, owner, type, namespaceId, serviceId, instanceId, requestId, createdAt, dueAt, new Ended(at, error));
    }

    private long halfway() {
        return createdAt + (dueAt - createdAt) / 2;
    }
}
