package io.github.cloudmapgraph.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The file that {@code npx cdk} reads. */
class CdkJsonTest {
    private static final Path ROOT = Path.of("..");

    private final JsonNode cdkJson = read();

    private static JsonNode read() {
        try {
            return new ObjectMapper().readTree(Path.of("cdk.json").toFile());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** This module, and all that it is built of: the functions' jars, for they are dependencies of it. */
    @Test
    void build_packagesThisModuleAndTheFunctions() throws IOException {
        assertThat(words("build")).containsSubsequence("cd", "..", "./mvnw", "-pl", "infra-cdk", "-am", "package");
        assertThat(ROOT.resolve("mvnw")).isExecutable();
        assertThat(Files.readString(ROOT.resolve("pom.xml")))
                .contains("<module>infra-cdk</module>", "<module>producer</module>", "<module>consumer</module>");
        assertThat(Files.readString(Path.of("pom.xml")))
                .contains("<artifactId>producer</artifactId>", "<artifactId>consumer</artifactId>");
    }

    @Test
    void app_isAClassThatStarts() throws ReflectiveOperationException {
        Class<?> app = Class.forName(words("app").getLast());

        assertThat(app).isEqualTo(CloudMapGraphApp.class);
        assertThat(app.getMethod("main", String[].class).getModifiers() & Modifier.STATIC)
                .isNotZero();
    }

    /** An option that is set here is a default that the documentation does not tell of. */
    @Test
    void context_holdsNoOption() {
        assertThat(cdkJson.get("context").fieldNames())
                .toIterable()
                .isNotEmpty()
                .allSatisfy(name -> assertThat(name).startsWith("@aws-cdk"));
    }

    private List<String> words(String command) {
        return List.of(cdkJson.get(command).asText().split("\\s+"));
    }
}
