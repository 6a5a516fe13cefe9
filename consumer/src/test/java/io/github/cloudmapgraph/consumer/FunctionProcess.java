package io.github.cloudmapgraph.consumer;

import static io.github.cloudmapgraph.consumer.servers.ServersForTests.endpoint;

import io.github.cloudmapgraph.json.Json;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * The Lambda jar in a JVM of its own, configured by its environment, with a heap of a given size: one process for all
 * invocations. An error that leaves the handler ends it, as it ends a Lambda.
 */
final class FunctionProcess implements AutoCloseable {
    /** What the function may take at most, in Lambda too: a guard against hanging, no measurement. */
    private static final int TIMEOUT_MILLIS = 150_000;

    private final Path logFile;
    private final Process process;
    private final DataOutputStream events;
    private final DataInputStream answers;

    FunctionProcess(Map<String, String> environment, int heapMib) throws IOException {
        logFile = Files.createTempFile(Path.of("target").toAbsolutePath(), "function", ".log");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heapMib + "m",
                // What Lambda's runtime for Java has.
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("lambda.jar")
                        + File.pathSeparator
                        + Path.of("target", "test-classes").toAbsolutePath(),
                FunctionProcess.class.getName()));
        var builder = new ProcessBuilder(command).redirectError(logFile.toFile());
        builder.environment().putAll(environment);
        builder.environment()
                .putAll(Map.of(
                        "AWS_REGION", "us-east-1",
                        "AWS_ACCESS_KEY_ID", "test",
                        "AWS_SECRET_ACCESS_KEY", "test",
                        "AWS_ENDPOINT_URL_SQS", endpoint(SqsClient.class).toString(),
                        "AWS_ENDPOINT_URL_DYNAMODB",
                                endpoint(DynamoDbClient.class).toString(),
                        "AWS_ENDPOINT_URL_S3", endpoint(S3Client.class).toString(),
                        "AWS_ENDPOINT_URL_SECRETS_MANAGER",
                                endpoint(SecretsManagerClient.class).toString()));
        process = builder.start();
        events = new DataOutputStream(process.getOutputStream());
        answers = new DataInputStream(process.getInputStream());
    }

    /** The process's own part: reads events, writes answers. What the function logs goes to the error stream. */
    public static void main(String[] arguments) throws IOException {
        var in = new DataInputStream(System.in);
        var out = new DataOutputStream(System.out);
        System.setOut(System.err);
        var handler = new ConsumerHandler();
        for (int length = in.readInt(); length > 0; length = in.readInt()) {
            var answer = new ByteArrayOutputStream();
            handler.handleRequest(
                    new ByteArrayInputStream(in.readNBytes(length)), answer, new ContextWithTimeLeft(TIMEOUT_MILLIS));
            out.writeInt(answer.size());
            answer.writeTo(out);
            out.flush();
        }
        handler.close();
    }

    Map<String, @Nullable Object> invoke(Map<String, ?> event) {
        byte[] bytes = Json.write(event).getBytes(StandardCharsets.UTF_8);
        try {
            return CompletableFuture.supplyAsync(() -> exchange(bytes)).get(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError("the process gave no answer; its log:\n" + log(), e);
        }
    }

    private Map<String, @Nullable Object> exchange(byte[] event) {
        try {
            events.writeInt(event.length);
            events.write(event);
            events.flush();
            return Json.parseObject(new String(answers.readNBytes(answers.readInt()), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String log() {
        try {
            return Files.readString(logFile);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
