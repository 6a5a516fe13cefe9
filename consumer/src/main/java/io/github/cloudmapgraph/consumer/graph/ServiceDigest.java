package io.github.cloudmapgraph.consumer.graph;

import io.github.cloudmapgraph.snapshot.Dns;
import io.github.cloudmapgraph.snapshot.DnsRecord;
import io.github.cloudmapgraph.snapshot.HealthCheck;
import io.github.cloudmapgraph.snapshot.Instance;
import io.github.cloudmapgraph.snapshot.Namespace;
import io.github.cloudmapgraph.snapshot.Registry;
import io.github.cloudmapgraph.snapshot.Scope;
import io.github.cloudmapgraph.snapshot.Service;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Digests everything that the sync writes for a service: its own properties, its instances, its resolved and unresolved
 * dependencies, and the version of the mapping itself. One after the other; for use by one thread.
 */
final class ServiceDigest {
    /**
     * Raise it with every change of what is written for the same snapshot: the next update then rewrites everything.
     */
    static final int MAPPING_VERSION = 3;

    /** 128 bits: no two states of one service will meet. */
    private static final int BYTES = 16;

    private final MessageDigest digest;

    /** What is not digested yet. */
    private final byte[] buffer = new byte[8192];

    private int filled;

    ServiceDigest() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Digests what Cloud Map says of each service, by ARN: nothing in it depends on the graph or on other services. */
    static Map<String, byte[]> ofContents(Registry registry) {
        var digest = new ServiceDigest();
        Map<String, byte[]> digests = new HashMap<>();
        for (Namespace namespace : registry.namespaces()) {
            for (Service service : namespace.services()) {
                digests.put(service.arn(), digest.ofContent(service));
            }
        }
        return digests;
    }

    private byte[] ofContent(Service service) {
        add(service);
        add(service.instances().size());
        service.instances().stream().sorted(Comparator.comparing(Instance::id)).forEach(this::add);
        return bytes();
    }

    /**
     * Digests everything about a service.
     *
     * @param content the digest of what Cloud Map says of it
     */
    String of(byte[] content, Namespace namespace, Scope scope, Dependencies dependencies) {
        add(MAPPING_VERSION);
        add(scope.value());
        add(namespace.arn());
        add(namespace.name());
        add(dependencies);
        add(content);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(bytes(), BYTES));
    }

    private void add(Service service) {
        add(service.arn());
        add(service.id());
        add(service.name());
        add(service.type());
        add(service.description());
        add(service.dns().isPresent() ? 1 : 0);
        service.dns().ifPresent(this::add);
        switch (service.healthCheck()) {
            case HealthCheck.None() -> add("NONE");
            case HealthCheck.Custom() -> add("CUSTOM");
            case HealthCheck.Route53(String type, String path, int failureThreshold) -> {
                add("ROUTE53");
                add(type);
                add(path);
                add(failureThreshold);
            }
        }
        add(service.tags());
        add(service.attributes());
    }

    private void add(Dns dns) {
        add(dns.routingPolicy());
        add(dns.records().size());
        for (DnsRecord record : dns.records()) {
            add(record.type());
            add(Long.toString(record.ttlSeconds()));
        }
    }

    private void add(Dependencies dependencies) {
        add(dependencies.resolved().size());
        for (Dependency dependency : dependencies.resolved()) {
            add(dependency.target());
            add(dependency.sources());
        }
        add(dependencies.unresolved());
    }

    private void add(Instance instance) {
        add(instance.id());
        add(instance.health().name());
        add(instance.attributes());
    }

    private void add(Map<String, String> map) {
        String[] keys = map.keySet().toArray(new String[0]);
        Arrays.sort(keys);
        add(keys.length);
        for (String key : keys) {
            add(key);
            add(map.getOrDefault(key, ""));
        }
    }

    private void add(List<String> texts) {
        add(texts.size());
        texts.forEach(this::add);
    }

    /** With its length before it: no two sequences of texts are the same bytes. */
    private void add(String text) {
        int length = text.length();
        if (length + Integer.BYTES > buffer.length - filled) {
            flush();
        }
        if (length + Integer.BYTES <= buffer.length && putAscii(text, length)) {
            return;
        }
        add(text.getBytes(StandardCharsets.UTF_8));
    }

    private void add(byte[] bytes) {
        add(bytes.length);
        flush();
        digest.update(bytes);
    }

    /** Most texts are ASCII and short: a hundred thousand instances are millions of them. */
    private boolean putAscii(String text, int length) {
        int start = filled + Integer.BYTES;
        for (int i = 0; i < length; i++) {
            char character = text.charAt(i);
            if (character > 0x7f) {
                return false;
            }
            buffer[start + i] = (byte) character;
        }
        add(length);
        filled += length;
        return true;
    }

    private void add(int number) {
        if (Integer.BYTES > buffer.length - filled) {
            flush();
        }
        buffer[filled++] = (byte) (number >>> 24);
        buffer[filled++] = (byte) (number >>> 16);
        buffer[filled++] = (byte) (number >>> 8);
        buffer[filled++] = (byte) number;
    }

    private void flush() {
        digest.update(buffer, 0, filled);
        filled = 0;
    }

    /** Ends a digest; the next begins. */
    private byte[] bytes() {
        flush();
        return digest.digest();
    }
}
