package io.github.cloudmapgraph.consumer;

import static io.github.cloudmapgraph.consumer.servers.ServersForTests.NEO4J;
import static io.github.cloudmapgraph.consumer.servers.ServersForTests.SECRETS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cloudmapgraph.json.Json;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Neo4j's address and credentials, as they change under way. */
class Neo4jSecretIT {
    private static final String ROTATED = "second-of-the-tests";

    private final Deployment deployment = new Deployment();

    @AfterEach
    void close() {
        assertThat(deployment.isLocked()).isFalse();
        assertThat(deployment.log()).doesNotContain(Deployment.PASSWORD, ROTATED);
        deployment.close();
    }

    @Test
    void handle_appliesInTheSameInvocation_whenThePasswordWasRotated() {
        deployment.send(ExampleSnapshots.version(1));
        assertThat(deployment.poll()).isEmpty();

        NEO4J.setPassword(Deployment.USER, ROTATED);
        deployment.fillInSecret(ROTATED);
        deployment.send(ExampleSnapshots.version(2));

        assertThat(deployment.poll()).isEmpty();
        assertThat(services()).isEqualTo(2);
        assertThat(deployment.log()).contains("the driver is made anew");
    }

    @Test
    void handle_readsTheSecretOnce_whenNothingChanges() {
        int before = SECRETS.reads();
        deployment.send(ExampleSnapshots.version(1));
        deployment.poll();
        deployment.send(ExampleSnapshots.version(2));
        deployment.poll();

        assertThat(services()).isEqualTo(2);
        assertThat(SECRETS.reads() - before).isOne();
    }

    @Test
    void handle_leavesTheMessage_whenTheNewPasswordIsNotInTheSecretYet() {
        deployment.send(ExampleSnapshots.version(1));
        deployment.poll();

        NEO4J.setPassword(Deployment.USER, ROTATED);
        deployment.send(ExampleSnapshots.version(2));

        assertThat(deployment.poll()).hasSize(1);
        assertThat(deployment.log()).contains("Neo4j refuses the credentials: Neo.ClientError.Security.Unauthorized");

        deployment.fillInSecret(ROTATED);
        assertThat(deployment.poll(8, 150_000)).isEmpty();
        assertThat(services()).isEqualTo(2);
    }

    @Test
    void handle_followsTheAddress_whenItWasCorrected() {
        SECRETS.put(
                deployment.name, "{\"uri\": \"bolt://127.0.0.1:1\", \"username\": \"sync\", \"password\": \"wrong\"}");
        deployment.send(ExampleSnapshots.version(1));
        assertThat(deployment.poll()).hasSize(1);

        deployment.fillInSecret(Deployment.PASSWORD);

        assertThat(deployment.poll(8, 150_000)).isEmpty();
        assertThat(services()).isEqualTo(1);
    }

    @Test
    void handle_saysPlainly_whenNobodyHasFilledInTheSecret() {
        SECRETS.put(deployment.name, "{\"uri\": \"<uri>\", \"username\": \"neo4j\", \"password\": \"<password>\"}");
        deployment.send(ExampleSnapshots.version(1));

        assertThat(deployment.poll()).hasSize(1);

        assertThat(deployment.log())
                .contains("the secret " + deployment.name + " is not filled in yet: uri (or host and port), password")
                .doesNotContain("\"level\":\"ERROR\"", "Exception");
        assertThat(LogLines.metrics(LogLines.of(deployment.log(), "stays in the queue")))
                .isEqualTo(Map.of("Waiting Count", 1, "AccessNotFilledIn Count", 1));
        assertThat(deployment.deadLetters()).isEmpty();

        deployment.fillInSecret(Deployment.PASSWORD);
        assertThat(deployment.poll(8, 150_000)).isEmpty();
        assertThat(LogLines.metrics(LogLines.of(deployment.log(), "applied")))
                .containsEntry("AccessNotFilledIn Count", 0);
    }

    @Test
    void handle_leavesTheMessage_whenTheSecretIsNotThere() {
        deployment.environment.put("NEO4J_SECRET_ARN", "no-such-secret");
        deployment.send(ExampleSnapshots.version(1));

        assertThat(deployment.poll()).hasSize(1);
        assertThat(deployment.log()).contains("the secret no-such-secret cannot be read: ");
        assertThat(deployment.visibleWithin(8)).isOne();
    }

    @Test
    void handle_connects_whenTheSchemeIsNeo4j() {
        var uri = NEO4J.uri();
        SECRETS.put(
                deployment.name,
                Json.write(Map.of(
                        "scheme",
                        "neo4j",
                        "host",
                        uri.getHost(),
                        "port",
                        uri.getPort(),
                        "username",
                        Deployment.USER,
                        "password",
                        Deployment.PASSWORD,
                        "database",
                        "neo4j")));
        deployment.send(ExampleSnapshots.version(1));

        assertThat(deployment.poll()).isEmpty();
        assertThat(services()).isEqualTo(1);
    }

    private static long services() {
        return NEO4J.run("MATCH (s:Service) RETURN count(s) AS n")
                .getFirst()
                .get("n")
                .asLong();
    }
}
