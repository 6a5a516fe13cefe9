package io.github.cloudmapgraph.local.cloudmap;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The registry's state behind one lock: its content, its operations, and the data plane's later view of the content.
 *
 * <p>Nothing runs in the background: what is due takes effect when the next call takes the lock. All methods but
 * {@link #call} want the lock held.
 */
final class Registry {
    /** More than this many ended operations are forgotten, oldest first. */
    private static final int KEPT_OPERATIONS = 10_000;

    /** An operation that has not ended, and what it will do. */
    record Running(Operation operation, Effect effect) {}

    private record Later(long visibleAt, Change change) {}

    private final CloudMapOptions options;
    private final ReentrantLock lock = new ReentrantLock();
    private final Ids ids = new Ids();
    private final Arns arns;
    private final Content content = new Content();
    private final Content discoverable;
    private final ArrayDeque<Later> notYetDiscoverable = new ArrayDeque<>();
    private final Map<String, Operation> operations = new LinkedHashMap<>();
    private final Map<String, Running> running = new LinkedHashMap<>();
    private final PriorityQueue<Running> due = new PriorityQueue<>(
            (a, b) -> Long.compare(a.operation().dueAt(), b.operation().dueAt()));
    private @Nullable Operation settling;
    private long lastRevision;
    private long changes;

    Registry(CloudMapOptions options) {
        this.options = options;
        arns = new Arns(options.region());
        discoverable = options.dataPlaneDelay().isZero() ? content : new Content();
    }

    /** Runs a call on the current state. */
    <T> T call(Supplier<T> body) {
        lock.lock();
        try {
            settle();
            return body.get();
        } finally {
            lock.unlock();
        }
    }

    CloudMapOptions options() {
        return options;
    }

    Ids ids() {
        return ids;
    }

    Arns arns() {
        return arns;
    }

    Content content() {
        return content;
    }

    /** Returns the content as DiscoverInstances sees it. */
    Content discoverable() {
        return discoverable;
    }

    Map<String, Operation> operations() {
        return operations;
    }

    List<Running> running() {
        return new ArrayList<>(running.values());
    }

    long now() {
        return options.clock().millis();
    }

    /** Returns a number that differs from an earlier one if anything was changed between. */
    long changes() {
        return changes;
    }

    long lastRevision() {
        return lastRevision;
    }

    /** Returns the namespace of an ARN, or of an id if it is the account's own: those of others want the ARN. */
    Namespace namespace(String idOrArn) {
        return find(idOrArn, content.namespaces(), Namespace::arn)
                .filter(found -> Arns.isArn(idOrArn) || isOwn(found))
                .orElseThrow(() -> Refusal.of("NamespaceNotFound", "No namespace exists with the ID " + idOrArn));
    }

    /** Returns the service of an ARN, or of an id if its namespace is the account's own. */
    Service service(String idOrArn) {
        return find(idOrArn, content.services(), Service::arn)
                .filter(found -> Arns.isArn(idOrArn) || isOwn(namespaceOf(found)))
                .orElseThrow(() -> Refusal.of("ServiceNotFound", "No service exists with the ID " + idOrArn));
    }

    Namespace namespaceOf(Service service) {
        Namespace namespace = content.namespaces().get(service.namespaceId());
        if (namespace == null) {
            throw new IllegalStateException("Service " + service.id() + " is in no namespace");
        }
        return namespace;
    }

    Instance instance(Service service, String instanceId) {
        Instance instance = content.instances(service.id()).get(instanceId);
        if (instance == null) {
            throw Refusal.of(
                    "InstanceNotFound",
                    "No instance exists with the ID %s in service %s".formatted(instanceId, service.id()));
        }
        return instance;
    }

    boolean isOwn(Namespace namespace) {
        return namespace.owner().equals(options.account());
    }

    void apply(Change change) {
        changes++;
        content.apply(change);
        if (discoverable != content) {
            long happened = settling == null ? now() : settling.dueAt();
            notYetDiscoverable.add(new Later(happened + options.dataPlaneDelay().toMillis(), change));
        }
    }

    /** Takes in content that is visible everywhere at once, with revisions up to the given one. */
    void load(List<Change> loaded, long revision) {
        for (Change change : loaded) {
            changes++;
            content.apply(change);
            if (discoverable != content) {
                discoverable.apply(change);
            }
        }
        lastRevision = Math.max(lastRevision, revision);
    }

    /** Forgets everything but the last revision: the revisions that clients remember must not come again. */
    void clear() {
        changes++;
        content.clear();
        discoverable.clear();
        notYetDiscoverable.clear();
        operations.clear();
        running.clear();
        due.clear();
    }

    /** Makes the content that of a file; its services get new revisions. */
    void replace(List<Change> loaded) {
        clear();
        load(
                loaded.stream()
                        .map(change -> change instanceof Change.PutService(Service service)
                                ? new Change.PutService(service.withRevision(nextRevision()))
                                : change)
                        .toList(),
                lastRevision);
    }

    long nextRevision() {
        return ++lastRevision;
    }

    /** Takes back what was saved; an operation without an effect has ended. */
    void restore(Operation operation, @Nullable Effect effect) {
        operations.put(operation.id(), operation);
        if (effect != null) {
            var restored = new Running(operation, effect);
            running.put(operation.id(), restored);
            due.add(restored);
        }
    }

    Optional<Running> running(Predicate<Running> wanted) {
        return running.values().stream().filter(wanted).findFirst();
    }

    /**
     * Starts an operation and returns its id. A repetition of the request that runs on the same target gets the id that
     * the first one got; any other request for that target is refused.
     */
    String start(Operation.Draft draft, Function<String, Effect> effect) {
        long now = now();
        Operation operation =
                draft.start(ids.operation(), now, now + options.operationDelay().toMillis());
        Optional<Running> other = running(one -> one.operation().target().equals(operation.target()));
        if (other.isPresent()) {
            Operation first = other.get().operation();
            boolean repeated = first.requestId().equals(operation.requestId())
                    && effect.apply(first.id()).equals(other.get().effect());
            if (repeated) {
                return first.id();
            }
            throw Refusal.duplicate(first);
        }
        changes++;
        var started = new Running(operation, effect.apply(operation.id()));
        operations.put(operation.id(), operation);
        running.put(operation.id(), started);
        due.add(started);
        settle();
        return operation.id();
    }

    private void settle() {
        long now = now();
        for (Running next = due.peek(); next != null && next.operation().dueAt() <= now; next = due.peek()) {
            due.remove();
            running.remove(next.operation().id());
            settling = next.operation();
            String error = new Effects(this).apply(next.effect());
            settling = null;
            operations.put(
                    next.operation().id(), next.operation().end(next.operation().dueAt(), error));
            changes++;
        }
        while (operations.size() - running.size() > KEPT_OPERATIONS) {
            operations.remove(operations.values().stream()
                    .filter(operation -> operation.ended() != null)
                    .findFirst()
                    .orElseThrow()
                    .id());
        }
        for (Later next = notYetDiscoverable.peek();
                next != null && next.visibleAt() <= now;
                next = notYetDiscoverable.peek()) {
            discoverable.apply(notYetDiscoverable.remove().change());
        }
    }

    private static <T> Optional<T> find(String idOrArn, Map<String, T> byId, Function<T, String> arn) {
        String id = idOrArn.substring(Arns.isArn(idOrArn) ? idOrArn.lastIndexOf('/') + 1 : 0);
        return Optional.ofNullable(byId.get(id))
                .filter(found -> !Arns.isArn(idOrArn) || arn.apply(found).equals(idOrArn));
    }
}
