package io.github.cloudmapgraph.local.cloudmap;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * A registry that a person wrote as JSON: namespaces with their services with their instances.
 *
 * <p>Loading a file again gives everything the ids and ARNs that it had before: they follow from the names.
 */
public final class RegistryFile {
    // Strict, because a key that stands twice is a slip of the pen whose first value would get lost without a word.
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final String name;
    private final JsonNode json;

    private RegistryFile(String name, JsonNode json) {
        this.name = name;
        this.json = json;
    }

    /** Reads a file. */
    public static RegistryFile read(Path file) throws IOException {
        return parse(file.toString(), Files.readString(file));
    }

    /** Reads the example that comes with the program. */
    public static RegistryFile example() {
        try (InputStream example =
                Objects.requireNonNull(RegistryFile.class.getResourceAsStream("example.json"), "example.json")) {
            return parse("example.json", new String(example.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /**
     * Reads a text.
     *
     * @param name stands in error messages
     * @throws IllegalArgumentException if it is not JSON
     */
    public static RegistryFile parse(String name, String text) {
        try {
            return new RegistryFile(name, JSON.readTree(text));
        } catch (JsonProcessingException notJson) {
            var at = notJson.getLocation();
            // Where something is not closed Jackson also says where it began, and quotes the text.
            String reason =
                    notJson.getOriginalMessage().replaceFirst("(?s) \\((start marker|for \\w+ starting) at .*", "");
            throw new IllegalArgumentException(
                    "%s is not JSON, line %d column %d: %s".formatted(name, at.getLineNr(), at.getColumnNr(), reason));
        }
    }

    /** Returns the changes that make an empty registry this one. */
    List<Change> changes(CloudMapOptions options) {
        return new RegistryFileReader(name, options).read(json);
    }
}
