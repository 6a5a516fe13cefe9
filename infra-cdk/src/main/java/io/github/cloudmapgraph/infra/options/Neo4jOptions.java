package io.github.cloudmapgraph.infra.options;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where Neo4j is.
 *
 * @param secretArn a secret that exists; the stack makes one otherwise
 * @param secretKeyArn the KMS key that an existing secret is encrypted with, where that is not AWS's own
 * @param network the network of a Neo4j that is not public
 */
public record Neo4jOptions(
        Optional<String> secretArn, Optional<String> secretKeyArn, Optional<NetworkOptions> network) {
    private static final Pattern SECRET_ARN = Pattern.compile(
            "arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:\\d{12}:secret:[A-Za-z0-9/_+=.@!-]+-[A-Za-z0-9]{6}");

    static Neo4jOptions read(ContextReader reader) {
        Optional<String> secret = reader.text(
                "neo4jSecretArn",
                SECRET_ARN,
                "a secret's whole ARN, arn:aws:secretsmanager:REGION:ACCOUNT:secret:NAME-XXXXXX");
        Optional<String> key = Options.keyArn(reader, "neo4jSecretKeyArn");
        if (key.isPresent() && reader.text("neo4jSecretArn").isEmpty()) {
            reader.problem(
                    "neo4jSecretKeyArn",
                    "is set, but neo4jSecretArn is not; the secret that the stack makes is encrypted with kmsKeyArn");
        }
        return new Neo4jOptions(secret, key, NetworkOptions.read(reader));
    }
}
