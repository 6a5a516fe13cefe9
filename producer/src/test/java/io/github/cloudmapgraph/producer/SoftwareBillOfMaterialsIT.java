package io.github.cloudmapgraph.producer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cloudmapgraph.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.jar.JarFile;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Reads the list of what the Lambda jar is made of, which the build puts beside it. */
class SoftwareBillOfMaterialsIT {
    private static final List<String> OF_SERVERS_AND_TESTS = List.of(
            // The producer writes no graph.
            "org.neo4j",
            "software.amazon.dynamodb/",
            "org.elasticmq/",
            "org.gaul/",
            "org.apache.pekko/",
            "org.scala-lang/",
            "org.eclipse.jetty/",
            "org.junit.",
            "org.assertj/");

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
                        "software.amazon.awssdk/cloudtrail",
                        "software.amazon.awssdk/dynamodb",
                        "software.amazon.awssdk/s3",
                        "software.amazon.awssdk/servicediscovery",
                        "software.amazon.awssdk/sqs")
                .doesNotHaveDuplicates()
                .noneMatch(component -> OF_SERVERS_AND_TESTS.stream().anyMatch(component::startsWith));
    }

    /** The packages of these libraries begin with the name of their group. */
    @Test
    void bill_accountsForEveryPackage() throws IOException {
        List<String> listed = components().stream()
                .map(component -> String.valueOf(component.get("group")))
                .toList();
        try (var file = new JarFile(jar.toFile())) {
            assertThat(file.stream()
                            .map(entry -> entry.getName().replaceFirst("^META-INF/versions/\\d+/", ""))
                            .filter(name -> name.endsWith(".class"))
                            .map(name ->
                                    name.substring(0, name.lastIndexOf('/')).replace('/', '.'))
                            .distinct())
                    .isNotEmpty()
                    .allMatch(name -> name.startsWith("io.github.cloudmapgraph.")
                            || listed.stream().anyMatch(name::startsWith));
        }
    }

    /** None of the licences asks for the source of what is built with it. */
    @Test
    void bill_namesALicence_ofEachLibrary() throws IOException {
        assertThat(components())
                .filteredOn(component -> !"io.github.cloudmapgraph".equals(component.get("group")))
                .allSatisfy(component -> assertThat(String.valueOf(component.get("licenses")))
                        .as("%s", component.get("name"))
                        .containsAnyOf("Apache-2.0", "MIT")
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
