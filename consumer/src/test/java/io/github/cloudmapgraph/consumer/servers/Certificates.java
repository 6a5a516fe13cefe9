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
import org.jspecify.annotations.Nullable;

/**
 * A certificate authority that nobody knows, and a server's certificate that it made out to {@code localhost} alone.
 */
public final class Certificates {
    private static final String PASSWORD = "of-the-tests-only";
    private static final String TRUST_STORE = "javax.net.ssl.trustStore";

    final Path folder;
    private final Path trustStore;

    Certificates() throws IOException, InterruptedException, GeneralSecurityException {
        folder = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "certificates");
        Path keys = folder.resolve("keys.p12");
        keytool(keys, "-alias", "ca", "-dname", "CN=Authority of the tests", "-ext", "bc:c=ca:true");
        keytool(keys, "-alias", "server", "-dname", "CN=localhost", "-ext", "san=dns:localhost", "-signer", "ca");

        KeyStore made = KeyStore.getInstance(keys.toFile(), PASSWORD.toCharArray());
        writePem(
                "private.key",
                "PRIVATE KEY",
                made.getKey("server", PASSWORD.toCharArray()).getEncoded());
        writePem("public.crt", "CERTIFICATE", made.getCertificate("server").getEncoded());
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
