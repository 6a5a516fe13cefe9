package io.github.cloudmapgraph.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the app as the CDK CLI does, by the command of cdk.json, in processes of its own: the order of Java's unordered
 * maps differs from one to the next. No process has credentials or a region.
 */
class DeterminismIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String KEY = "arn:aws:kms:eu-west-1:111122223333:key/12345678-1234-1234-1234-123456789012";

    /** Numbers, truth values and arrays as somebody may write them into cdk.json. */
    private static final Map<String, Object> EVERYTHING = Map.ofEntries(
            Map.entry("namePrefix", "staging"),
            Map.entry("namespaces", List.of("shop", "ns-1234")),
            Map.entry("scheduleMinutes", 7),
            Map.entry("cloudTrail", "create"),
            Map.entry("neo4jSecretArn", "arn:aws:secretsmanager:eu-west-1:111122223333:secret:neo4j-AbCdEf"),
            Map.entry("neo4jSecretKeyArn", KEY),
            Map.entry("vpcId", "vpc-01234567"),
            Map.entry("subnetIds", List.of("subnet-01234567", "subnet-89abcdef")),
            Map.entry("routeTableIds", "rtb-01234567,rtb-89abcdef"),
            Map.entry("kmsKeyArn", KEY),
            Map.entry("logRetentionDays", 90),
            Map.entry("alarmTopic", "create"),
            Map.entry("alarmEmail", "sre@example.com"),
            Map.entry("snapStart", true),
            Map.entry("tags", "team=graph,stage=staging,cost centre=4711"));

    @TempDir
    Path folder;

    @Test
    void template_isTheSame_inEveryProcess() throws Exception {
        assertSynthesizedAlike(Map.of());
    }

    @Test
    void template_isTheSame_inEveryProcess_withEverythingSwitchedOn() throws Exception {
        JsonNode template = assertSynthesizedAlike(EVERYTHING);

        // The options arrived: a number, a truth value and an array.
        assertThat(template.toString())
                .contains("\"rate(7 minutes)\"", "\"PublishedVersions\"", "\"shop,ns-1234\"", "\"subnet-89abcdef\"");
    }

    @Test
    void app_endsWithTheProblemsAlone_whenAnOptionIsInvalid() throws Exception {
        Synthesis synthesis = start("invalid", Map.of("snapStart", "on", "colour", "red"));

        assertThat(synthesis.status()).isEqualTo(1);
        assertThat(synthesis.said())
                .contains(
                        "Options (-c name=value, or \"context\" in cdk.json):",
                        "\n  snapStart is something else, of 2 characters; it has to be true or false\n",
                        "\n  colour is not known; there are scheduleMinutes, ")
                .doesNotContain("\tat ", "Exception");
        assertThat(synthesis.folder().resolve("CloudMapGraph.template.json")).doesNotExist();
    }

    private JsonNode assertSynthesizedAlike(Map<String, Object> options) throws Exception {
        // Side by side, for most of the time is spent on starting.
        Synthesis first = start("first", options);
        Synthesis second = start("second", options);
        assertThat(first.status()).as(first::said).isZero();
        assertThat(second.status()).as(second::said).isZero();
        for (String file : List.of("CloudMapGraph.template.json", "CloudMapGraph.assets.json")) {
            assertThat(first.folder().resolve(file))
                    .hasSameBinaryContentAs(second.folder().resolve(file));
        }
        assertKnowsNoAccount(first.folder());
        return JSON.readTree(
                first.folder().resolve("CloudMapGraph.template.json").toFile());
    }

    /** Nothing is looked up in an account, so the template is the same for all, and none is needed. */
    private static void assertKnowsNoAccount(Path folder) throws IOException {
        JsonNode manifest = JSON.readTree(folder.resolve("manifest.json").toFile());
        assertThat(manifest.has("missing")).isFalse();
        assertThat(manifest.at("/artifacts/CloudMapGraph/environment").asText())
                .isEqualTo("aws://unknown-account/unknown-region");
    }

    private Synthesis start(String name, Map<String, Object> options) throws IOException {
        JsonNode cdkJson = JSON.readTree(Path.of("cdk.json").toFile());
        ObjectNode context = cdkJson.get("context").deepCopy();
        options.forEach(context::putPOJO);
        Path out = Files.createDirectories(folder.resolve(name));
        Path said = folder.resolve(name + ".txt");
        var builder = new ProcessBuilder("sh", "-c", cdkJson.get("app").asText())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(variable -> variable.startsWith("AWS_") || variable.startsWith("CDK_"));
        // Neither are there any in the home folder.
        environment.put("AWS_CONFIG_FILE", folder.resolve("none").toString());
        environment.put("AWS_SHARED_CREDENTIALS_FILE", folder.resolve("none").toString());
        environment.put("CDK_OUTDIR", out.toString());
        environment.put("CDK_CONTEXT_JSON", JSON.writeValueAsString(context));
        return new Synthesis(builder.start(), out, said);
    }

    private record Synthesis(Process process, Path folder, Path output) {
        /** Waits for the end. */
        int status() throws InterruptedException {
            if (!process.waitFor(5, TimeUnit.MINUTES)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                throw new AssertionError("the app did not end: " + said());
            }
            return process.exitValue();
        }

        String said() {
            try {
                return Files.readString(output);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    }
}
