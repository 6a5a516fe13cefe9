package io.github.cloudmapgraph.consumer.neo4j;

import io.github.cloudmapgraph.failure.FailureText;
import io.github.cloudmapgraph.json.Json;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** Neo4j's address and credentials in a Secrets Manager secret. */
public final class SecretAccess implements AccessSource {
    private final SecretsManagerClient secretsManager;
    private final String secret;

    /**
     * Creates the source.
     *
     * @param secret the secret's ARN or name
     */
    public SecretAccess(SecretsManagerClient secretsManager, String secret) {
        this.secretsManager = secretsManager;
        this.secret = secret;
    }

    @Override
    public AccessReading read() {
        String source = "the secret " + secret;
        String text;
        try {
            text = secretsManager.getSecretValue(get -> get.secretId(secret)).secretString();
        } catch (SdkException e) {
            return new AccessReading.Unreadable(source, FailureText.of(e));
        }
        if (text == null) {
            return new AccessReading.Wrong(source, "it is binary; it has to be text, a JSON object");
        }
        try {
            return AccessFields.read(source, Json.parseObject(text));
        } catch (IllegalArgumentException e) {
            return new AccessReading.Wrong(source, FailureText.of(e) + "; it has to be a JSON object");
        }
    }
}
