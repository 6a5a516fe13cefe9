package io.github.cloudmapgraph.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JarsTest {
    @TempDir
    Path root;

    @Test
    void jars_areThoseWithAllTheyNeed() throws IOException {
        make("producer", "producer-1.0-lambda.jar");
        make("producer", "producer-1.0.jar");
        make("consumer", "consumer-1.0-lambda.jar");

        assertThat(Jars.builtIn(root))
                .isEqualTo(new Jars(
                        root.resolve("producer/target/producer-1.0-lambda.jar"),
                        root.resolve("consumer/target/consumer-1.0-lambda.jar")));
    }

    @Test
    void jars_areRefused_whenNothingIsBuilt() {
        assertThatThrownBy(() -> Jars.builtIn(root))
                .isInstanceOf(JarMissingException.class)
                .hasMessageContainingAll("There is no jar producer-VERSION-lambda.jar in", "`./mvnw package`");
    }

    @Test
    void jars_areRefused_whenOneIsMissing() throws IOException {
        make("producer", "producer-1.0-lambda.jar");
        make("consumer", "consumer-1.0.jar");

        assertThatThrownBy(() -> Jars.builtIn(root))
                .isInstanceOf(JarMissingException.class)
                .hasMessageContaining("There is no jar consumer-VERSION-lambda.jar in");
    }

    /** Which of two versions is meant is not to be guessed. */
    @Test
    void jars_areRefused_whenThereAreTwoVersions() throws IOException {
        make("producer", "producer-1.0-lambda.jar");
        make("producer", "producer-1.1-lambda.jar");

        assertThatThrownBy(() -> Jars.builtIn(root))
                .isInstanceOf(JarMissingException.class)
                .hasMessageContainingAll("more than one jar producer-VERSION-lambda.jar", "`./mvnw clean`");
    }

    private void make(String module, String jar) throws IOException {
        Path target = Files.createDirectories(root.resolve(module).resolve("target"));
        Files.createFile(target.resolve(jar));
    }
}
