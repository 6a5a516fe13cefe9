package io.github.cloudmapgraph.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cloudmapgraph.json.Json;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Reads the list of what the Lambda jar is made of, which the build puts beside it. */
class SoftwareBillOfMaterialsIT {
    private static final List<String> OF_SERVERS_AND_TESTS = List.of(
            "org.neo4j/",
            "org.neo4j.app/",
            "org.neo4j.client/",
            "org.neo4j.test/",
            "software.amazon.dynamodb/",
            "org.elasticmq/",
            "org.gaul/",
            "org.apache.pekko/",
            "org.scala-lang/",
            "org.eclipse.jetty/",
            "org.junit.",
            "org.assertj/");

    /** Merged of several, or one for all. */
    private static final Pattern MADE_BY_SHADING =
            Pattern.compile("META-INF/(MANIFEST\\.MF|LICENSE|NOTICE|DEPENDENCIES|services/.*)");

    private final Path jar = Path.of(System.getProperty("lambda.jar", "lambda.jar is set by the build"));

    @Test
    void bill_listsWhatIsDeployed_andNothingElse() throws IOException {
        List<String> components = components().stream()
                .map(component -> component.get("group") + "/" + component.get("name"))
                .toList();

        assertThat(components)
                .contains(
                        "io.github.cloudmapgraph/common",
                        "com.amazonaws/aws-lambda-java-core",
                        "software.amazon.awssdk/dynamodb",
                        "software.amazon.awssdk/s3",
                        "software.amazon.awssdk/secretsmanager",
                        "software.amazon.awssdk/sqs",
                        "org.neo4j.driver/neo4j-java-driver")
                .doesNotHaveDuplicates()
                .noneMatch(component -> OF_SERVERS_AND_TESTS.stream().anyMatch(component::startsWith));
    }

    /**
     * By the files themselves, for the jar keeps no {@code pom.properties}: each is a file of a listed library, of just
     * the listed version. What shading merges or leaves out is in the build file.
     */
    @Test
    void bill_accountsForEveryFile() throws IOException {
        Set<Content> known = new HashSet<>(contents(jar.resolveSibling(plainName())));
        for (Map<?, ?> component : components()) {
            known.addAll(contents(library(component)));
        }

        assertThat(contents(jar))
                .hasSizeGreaterThan(1_000)
                .filteredOn(content -> !MADE_BY_SHADING.matcher(content.file()).matches())
                .allMatch(known::contains);
    }

    /** The other way round: each library is in the jar whole, as its listed version has it. */
    @Test
    void bill_listsNothingThatIsNotThere() throws IOException {
        Set<Content> deployed = Set.copyOf(contents(jar));
        for (Map<?, ?> component : components()) {
            assertThat(contents(library(component)))
                    .as("%s", component.get("purl"))
                    .filteredOn(content ->
                            content.file().endsWith(".class") && !content.file().endsWith("module-info.class"))
                    .isNotEmpty()
                    .allMatch(deployed::contains);
        }
    }

    /** The repository's folder says the version, and so does what the library says of itself where it does. */
    @Test
    void bill_tellsTheVersionThatEachLibraryTellsOfItself() throws IOException {
        int telling = 0;
        for (Map<?, ?> component : components()) {
            try (var file = new JarFile(library(component).toFile())) {
                ZipEntry entry = file.getEntry(
                        "META-INF/maven/" + component.get("group") + "/" + component.get("name") + "/pom.properties");
                if (entry != null) {
                    var properties = new Properties();
                    properties.load(file.getInputStream(entry));
                    assertThat(properties.getProperty("version"))
                            .as("%s", component.get("purl"))
                            .isEqualTo(component.get("version"));
                    telling++;
                }
            }
        }
        assertThat(telling).isGreaterThan(20);
    }

    /** A file of a jar. Checksum and size stand for what is in it. */
    private record Content(String file, long checksum, long size) {}

    private static List<Content> contents(Path jar) throws IOException {
        try (var file = new JarFile(jar.toFile())) {
            return file.stream()
                    .filter(entry -> !entry.isDirectory())
                    .map(entry -> new Content(entry.getName(), entry.getCrc(), entry.getSize()))
                    .toList();
        }
    }

    /** Where the build has the library from: the class path names the listed version, or there is no such file. */
    private static Path library(Map<?, ?> component) {
        String name = component.get("name") + "-" + component.get("version") + ".jar";
        String folder = "io.github.cloudmapgraph".equals(component.get("group"))
                ? "/" + component.get("name") + "/target/"
                : "/" + String.valueOf(component.get("group")).replace('.', '/') + "/" + component.get("name") + "/"
                        + component.get("version") + "/";
        // Failsafe's own JVM has a jar that only names the others.
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Stream.of(classPath.split(File.pathSeparator))
                .filter(path -> path.endsWith(folder + name))
                .map(Path::of)
                .findFirst()
                .orElseThrow(() -> new AssertionError("not on the class path: " + folder + name));
    }

    private String plainName() {
        return Objects.requireNonNull(jar.getFileName()).toString().replace("-lambda", "");
    }

    /** None of the licences asks for the source of what is built with it. */
    @Test
    void bill_namesALicence_ofEachLibrary() throws IOException {
        assertThat(components())
                .filteredOn(component -> !"io.github.cloudmapgraph".equals(component.get("group")))
                .allSatisfy(component -> assertThat(String.valueOf(component.get("licenses")))
                        .as("%s", component.get("name"))
                        .containsAnyOf("Apache-2.0", "BSD-2-Clause", "MIT")
                        .doesNotContain("GPL"));
    }

    /** The same source gives the same list. */
    @Test
    void bill_tellsNoTimeAndNoRandomNumber() throws IOException {
        assertThat(bill()).doesNotContainKey("serialNumber");
        assertThat(bill().get("metadata"))
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .isNotEmpty()
                .doesNotContainKey("timestamp");
    }

    private Map<String, @Nullable Object> bill() throws IOException {
        String name = Objects.requireNonNull(jar.getFileName()).toString().replaceFirst("\\.jar$", ".cdx.json");
        return Json.parseObject(Files.readString(jar.resolveSibling(name)));
    }

    private List<? extends Map<?, ?>> components() throws IOException {
        return ((List<?>) Objects.requireNonNull(bill().get("components")))
                .stream().map(component -> (Map<?, ?>) component).toList();
    }
}
