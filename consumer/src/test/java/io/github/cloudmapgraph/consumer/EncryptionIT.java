package io.github.cloudmapgraph.consumer;

import static io.github.cloudmapgraph.consumer.servers.ServersForTests.CERTIFICATES;
import static io.github.cloudmapgraph.consumer.servers.ServersForTests.NEO4J;
import static io.github.cloudmapgraph.consumer.servers.ServersForTests.SECRETS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cloudmapgraph.consumer.servers.Certificates;
import io.github.cloudmapgraph.consumer.servers.RecordingTlsServer;
import io.github.cloudmapgraph.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** TLS against a real server, whose certificate is of an unknown authority and made out to {@code localhost}. */
class EncryptionIT {
    private static final String UNKNOWN_AUTHORITY = "unable to find valid certification path to requested target";

    private final Deployment deployment = new Deployment();

    @AfterEach
    void close() {
        assertThat(deployment.isLocked()).isFalse();
        assertThat(deployment.deadLetters()).isEmpty();
        deployment.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bolt+s", "neo4j+s"})
    void handle_refusesAndLeavesTheMessage_whenNobodyKnowsTheAuthority(String scheme) {
        neo4jIsAt(scheme, "localhost");

        assertRefused(UNKNOWN_AUTHORITY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bolt+s", "neo4j+s"})
    void handle_refusesAndLeavesTheMessage_whenTheCertificateIsOfAnotherHost(String scheme) {
        neo4jIsAt(scheme, "127.0.0.1");

        CERTIFICATES.trustedDuring(() -> assertRefused("No subject alternative names matching IP address 127.0.0.1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bolt+s", "neo4j+s"})
    void handle_applies_whenTheCertificateIsRight(String scheme) {
        neo4jIsAt(scheme, "localhost");
        deployment.send(ExampleSnapshots.version(1));

        CERTIFICATES.trustedDuring(() -> assertThat(deployment.poll()).isEmpty());

        assertThat(NEO4J.run("MATCH (s:Service) RETURN s")).hasSize(1);
    }

    /** Encrypted, but whoever answers is believed: only for who asks for it by this scheme. */
    @Test
    void handle_applies_whenTheSchemeAsksForNoVerification() {
        neo4jIsAt("bolt+ssc", "127.0.0.1");
        deployment.send(ExampleSnapshots.version(1));

        assertThat(deployment.poll()).isEmpty();
        assertThat(NEO4J.run("MATCH (s:Service) RETURN s")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bolt", "neo4j"})
    void handle_refusesAndLeavesTheMessage_whenAPublicAddressIsNotEncrypted(String scheme) {
        // https://www.rfc-editor.org/rfc/rfc5737: for documents, and routed nowhere.
        neo4jIsAt(scheme, "203.0.113.7");

        assertRefused(scheme + "://203.0.113.7:" + NEO4J.uri().getPort()
                + " is not encrypted, and 203.0.113.7 is a public address; use neo4j+s:// or bolt+s://");
    }

    /** The password is in the handshake of Bolt, which begins when that of TLS has ended. */
    @ParameterizedTest
    @MethodSource("wrongCertificates")
    void handle_sendsNothingButTheHandshake_whenTheCertificateIsWrong(
            String certificate, String host, String scheme, String protocol, String reason) throws Exception {
        try (var server = new RecordingTlsServer(certificate, protocol)) {
            neo4jIsAt(scheme, host, server.port());

            CERTIFICATES.trustedDuring(() -> assertRefused(reason));

            assertThat(server.connections()).isPositive();
            assertThat(server.decrypted()).isEmpty();
            assertThat(new String(server.wire(), StandardCharsets.ISO_8859_1)).doesNotContain(Deployment.PASSWORD);
            assertThat(server.sent()).allSatisfy(records -> {
                List<RecordingTlsServer.Sent> encrypted = records.stream()
                        .filter(sent -> sent.type() == RecordingTlsServer.APPLICATION_DATA)
                        .toList();
                // TLS 1.3 encrypts the alert that refuses the certificate: two bytes, a type and a tag.
                assertThat(encrypted).hasSizeLessThanOrEqualTo(protocol.equals("TLSv1.2") ? 0 : 1);
                assertThat(encrypted).allMatch(sent -> sent.length() < 40);
            });
        }
    }

    static Stream<Arguments> wrongCertificates() {
        return Stream.of("TLSv1.2", "TLSv1.3")
                .flatMap(protocol -> Stream.of("bolt+s", "neo4j+s")
                        .flatMap(scheme -> Stream.of(
                                Arguments.of(
                                        Certificates.EXPIRED,
                                        "localhost",
                                        scheme,
                                        protocol,
                                        "the certificate has expired, NotAfter: "),
                                Arguments.of(
                                        Certificates.NOT_YET_VALID,
                                        "localhost",
                                        scheme,
                                        protocol,
                                        "the certificate is not valid yet, NotBefore: "),
                                Arguments.of(
                                        Certificates.SELF_SIGNED, "localhost", scheme, protocol, UNKNOWN_AUTHORITY),
                                Arguments.of(
                                        Certificates.RIGHT,
                                        "127.0.0.1",
                                        scheme,
                                        protocol,
                                        "No subject alternative names matching IP address 127.0.0.1"))));
    }

    /** What the test above searches would show a password, if one was sent. */
    @ParameterizedTest
    @CsvSource({"bolt+s, TLSv1.2", "neo4j+s, TLSv1.2", "bolt+s, TLSv1.3", "neo4j+s, TLSv1.3"})
    void handle_sendsThePassword_whenTheCertificateIsRight(String scheme, String protocol) throws Exception {
        try (var server = new RecordingTlsServer(Certificates.RIGHT, protocol)) {
            neo4jIsAt(scheme, "localhost", server.port());
            deployment.send(ExampleSnapshots.version(1));

            CERTIFICATES.trustedDuring(() -> assertThat(deployment.poll()).isEmpty());

            assertThat(server.refusedHandshakes()).isZero();
            assertThat(new String(server.decrypted(), StandardCharsets.ISO_8859_1))
                    .startsWith("``\u00b0\u0017")
                    .contains(Deployment.PASSWORD);
            assertThat(new String(server.wire(), StandardCharsets.ISO_8859_1)).doesNotContain(Deployment.PASSWORD);
        }
    }

    @Test
    void handle_appliesInTheSameInvocation_whenTheSchemeWasCorrected() {
        neo4jIsAt("bolt", "203.0.113.7");
        assertThat(check()).isNotEmpty();
        neo4jIsAt("bolt+ssc", "localhost");
        deployment.send(ExampleSnapshots.version(1));

        assertThat(deployment.poll()).isEmpty();
    }

    private void assertRefused(String reason) {
        assertThat(check())
                .filteredOn(line -> line.startsWith("Neo4j FAILED "))
                .singleElement()
                .asString()
                .contains(reason);
        deployment.send(ExampleSnapshots.version(1));

        assertThat(deployment.poll()).hasSize(1);

        assertThat(LogLines.of(deployment.log(), "stays in the queue"))
                .hasEntrySatisfying(
                        "reason",
                        text -> assertThat(String.valueOf(text))
                                .startsWith("Neo4j cannot be used: ")
                                .contains(reason));
        assertThat(NEO4J.run("MATCH (s:Service) RETURN s")).isEmpty();
    }

    private List<String> check() {
        Map<String, Object> answer =
                deployment.handler().handleRequest(Map.of("check", true), new ContextWithTimeLeft(150_000));
        return ((List<?>) Objects.requireNonNull(answer.get("checks")))
                .stream()
                        .map(line -> (Map<?, ?>) line)
                        .map(line -> line.get("subject") + " " + line.get("status") + " " + line.get("detail"))
                        .toList();
    }

    private void neo4jIsAt(String scheme, String host) {
        neo4jIsAt(scheme, host, NEO4J.uri().getPort());
    }

    private void neo4jIsAt(String scheme, String host, int port) {
        SECRETS.put(
                deployment.name,
                Json.write(Map.of(
                        "scheme",
                        scheme,
                        "host",
                        host,
                        "port",
                        port,
                        "username",
                        Deployment.USER,
                        "password",
                        Deployment.PASSWORD)));
    }
}
