package io.github.cloudmapgraph.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is deployed holds nothing that only tests and {@code local} are allowed: it is large, or GPL, or both. */
class JarContentsIT {
    /** Lambda's limit for a function and its layers, unpacked. */
    private static final long MAX_BYTES = 262_144_000;

    /** The driver's packages; all others below org/neo4j are the server's, which is GPL. */
    private static final List<String> NEO4J_DRIVER = List.of("org/neo4j/driver/", "org/neo4j/bolt/");

    private static final List<String> FORBIDDEN = List.of(
            // Neo4j's server.
            "org/neo4j/",
            // DynamoDB Local.
            "com/amazonaws/services/dynamodbv2/local/",
            "software/amazon/dynamodb/services/local/",
            // The servers for SQS and S3, and what servers of all kinds stand on.
            "org/elasticmq/",
            "org/gaul/",
            "org/apache/pekko/",
            "scala/",
            "org/eclipse/jetty/",
            // Tests.
            "org/junit/",
            "org/assertj/",
            "org/mockito/",
            "com/tngtech/archunit/",
            "net/jqwik/",
            // The deployment, and the system on one machine.
            "software/amazon/awscdk/",
            "software/amazon/jsii/",
            "io/github/cloudmapgraph/infra/",
            "io/github/cloudmapgraph/local/");

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void jar_holdsNothingOfServersAndTests(BuiltFunction function) throws IOException {
        assertThat(forbiddenIn(function.jar())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void jar_isSmallEnough_forLambda(BuiltFunction function) throws IOException {
        try (JarFile jar = new JarFile(function.jar().toFile())) {
            assertThat(jar.stream().mapToLong(ZipEntry::getSize).sum()).isBetween(1_000_000L, MAX_BYTES);
        }
    }

    /** The producer writes no graph. */
    @Test
    void producer_holdsNoDriver() throws IOException {
        assertThat(entriesOf(BuiltFunction.PRODUCER.jar())).noneMatch(name -> name.startsWith("org/neo4j/"));
        assertThat(entriesOf(BuiltFunction.CONSUMER.jar())).anyMatch(name -> name.startsWith("org/neo4j/driver/"));
    }

    static Stream<String> forbidden() {
        return Stream.concat(
                FORBIDDEN.stream().map(name -> name + "kernel/Any.class"),
                FORBIDDEN.stream().map(name -> "META-INF/versions/25/" + name + "kernel/Any.class"));
    }

    /** Shows that the check can fail, for each that it looks for. */
    @ParameterizedTest
    @MethodSource("forbidden")
    void check_finds_whatIsForbidden(String name) throws IOException {
        Path jar = folder.resolve("some.jar");
        try (var out = new ZipOutputStream(Files.newOutputStream(jar))) {
            for (String entry : List.of("org/neo4j/driver/Driver.class", name, "org/neo4j/bolt/Bolt.class")) {
                out.putNextEntry(new ZipEntry(entry));
                out.closeEntry();
            }
        }

        assertThat(forbiddenIn(jar)).hasSize(1);
    }

    /** Shows that the names are those of real jars, where this module has such a jar. */
    @Test
    void check_finds_whatThisTestRunsWith() throws Exception {
        for (Class<?> type :
                List.of(Test.class, org.assertj.core.api.Assertions.class, software.amazon.awscdk.App.class)) {
            Path jar = Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
            assertThat(forbiddenIn(jar)).as("in the jar of %s", type).isNotEmpty();
        }
    }

    private static List<String> forbiddenIn(Path jar) throws IOException {
        return entriesOf(jar).stream()
                .filter(name -> FORBIDDEN.stream().anyMatch(name::startsWith))
                .filter(name -> NEO4J_DRIVER.stream().noneMatch(name::startsWith))
                .toList();
    }

    /** Returns the files in a jar, whichever Java release they are for. */
    private static List<String> entriesOf(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.stream()
                    .filter(entry -> !entry.isDirectory())
                    .map(entry -> entry.getName().replaceFirst("^META-INF/versions/\\d+/", ""))
                    .toList();
        }
    }
}
