package io.github.cloudmapgraph.consumer.servers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A certificate authority that nobody knows, a server's certificate that it made out to {@code localhost} alone, and
 * such certificates that are not right: expired, not valid yet, signed by themselves.
 */
public final class Certificates {
    public static final String RIGHT = "server";
    public static final String SELF_SIGNED = "self-signed";
    public static final String EXPIRED = "expired";
    public static final String NOT_YET_VALID = "not-yet-valid";

    private static final String PASSWORD = "of-the-tests-only";
    private static final String TRUST_STORE = "javax.net.ssl.trustStore";

    final Path folder;
    private final Path trustStore;
    private final KeyStore made;

    Certificates() throws IOException, InterruptedException, GeneralSecurityException {
        folder = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "certificates");
        Path keys = folder.resolve("keys.p12");
        keytool(keys, "-alias", "ca", "-dname", "CN=Authority of the tests", "-ext", "bc:c=ca:true");
        keytool(keys, "-alias", RIGHT, "-dname", "CN=localhost", "-ext", "san=dns:localhost", "-signer", "ca");
        keytool(keys, "-alias", SELF_SIGNED, "-dname", "CN=localhost", "-ext", "san=dns:localhost");
        keytool(keys, localhost(EXPIRED, "-startdate", "-30d", "-validity", "20"));
        keytool(keys, localhost(NOT_YET_VALID, "-startdate", "+30d", "-validity", "20"));

        made = KeyStore.getInstance(keys.toFile(), PASSWORD.toCharArray());
        writePem(
                "private.key",
                "PRIVATE KEY",
                made.getKey(RIGHT, PASSWORD.toCharArray()).getEncoded());
        writePem("public.crt", "CERTIFICATE", made.getCertificate(RIGHT).getEncoded());
        Files.createDirectories(folder.resolve("trusted"));
        Files.createDirectories(folder.resolve("revoked"));

        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("ca", made.getCertificate("ca"));
        trustStore = folder.resolve("trusted.p12");
        try (var out = Files.newOutputStream(trustStore)) {
            trusted.store(out, PASSWORD.toCharArray());
        }
    }

    private static String[] localhost(String alias, String... period) {
        return Stream.concat(
                        Stream.of(
                                "-alias",
                                alias,
                                "-dname",
                                "CN=localhost",
                                "-ext",
                                "san=dns:localhost",
                                "-signer",
                                "ca"),
                        Stream.of(period))
                .toArray(String[]::new);
    }

    /** Returns what a server needs that shows one of the certificates, with its authority's where it has one. */
    public SSLContext serverContext(String alias) throws GeneralSecurityException, IOException {
        KeyStore one = KeyStore.getInstance("PKCS12");
        one.load(null, null);
        one.setKeyEntry(
                alias,
                made.getKey(alias, PASSWORD.toCharArray()),
                PASSWORD.toCharArray(),
                made.getCertificateChain(alias));
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(one, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private static void keytool(Path keys, String... which) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "RSA",
                "-keysize",
                "2048",
                "-storetype",
                "PKCS12",
                "-keystore",
                keys.toString(),
                "-storepass",
                PASSWORD));
        command.addAll(List.of(which));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("keytool failed: " + output);
        }
    }

    private void writePem(String file, String kind, byte[] content) throws IOException {
        Files.writeString(
                folder.resolve(file),
                "-----BEGIN " + kind + "-----\n" + Base64.getMimeEncoder().encodeToString(content) + "\n-----END "
                        + kind + "-----\n");
    }

    /** Has this JVM trust the authority while something is done: the driver takes the JVM's trust store. */
    public void trustedDuring(Runnable work) {
        @Nullable String before = System.getProperty(TRUST_STORE);
        System.setProperty(TRUST_STORE, trustStore.toString());
        System.setProperty(TRUST_STORE + "Password", PASSWORD);
        try {
            work.run();
        } finally {
            System.clearProperty(TRUST_STORE + "Password");
            if (before == null) {
                System.clearProperty(TRUST_STORE);
            } else {
                System.setProperty(TRUST_STORE, before);
            }
        }
    }
}
