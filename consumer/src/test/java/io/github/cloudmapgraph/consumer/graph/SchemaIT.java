package io.github.cloudmapgraph.consumer.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.neo4j.driver.Driver;

/** The constraints and indexes that the first update of an execution environment makes sure of. */
class SchemaIT {
    private final AtomicInteger sessions = new AtomicInteger();
    private final Driver driver = counting();

    @Test
    void create_asksOnce_whenEverythingIsThere() {
        Schema.create(Neo4jForTests.DRIVER, Schema.session(""));

        Schema.create(driver, Schema.session(""));

        assertThat(sessions).hasValue(1);
    }

    @Test
    void create_makesWhatSomebodyDropped() {
        Schema.create(Neo4jForTests.DRIVER, Schema.session(""));
        List<String> all = names();
        Neo4jForTests.run("DROP INDEX instance_name");
        Neo4jForTests.run("DROP CONSTRAINT service_arn");

        Schema.create(Neo4jForTests.DRIVER, Schema.session(""));

        assertThat(names()).isEqualTo(all).contains("instance_name", "service_arn");
    }

    @Test
    void create_refuses_whenAnIndexHasTheNameOfAConstraint() {
        Schema.create(Neo4jForTests.DRIVER, Schema.session(""));
        Neo4jForTests.run("DROP CONSTRAINT service_arn");
        Neo4jForTests.run("CREATE INDEX service_arn FOR (n:Service) ON (n.id)");
        try {
            assertThatThrownBy(() -> Schema.create(Neo4jForTests.DRIVER, Schema.session("")))
                    .hasMessageContaining("service_arn");
        } finally {
            Neo4jForTests.run("DROP INDEX service_arn");
            Schema.create(Neo4jForTests.DRIVER, Schema.session(""));
        }
    }

    private static List<String> names() {
        return Neo4jForTests.run("SHOW INDEXES YIELD name RETURN name ORDER BY name").stream()
                .map(row -> row.get("name").asString())
                .toList();
    }

    private Driver counting() {
        return (Driver) Proxy.newProxyInstance(
                Driver.class.getClassLoader(), new Class<?>[] {Driver.class}, (_, method, arguments) -> {
                    if (method.getName().equals("session")) {
                        sessions.incrementAndGet();
                    }
                    try {
                        return method.invoke(Neo4jForTests.DRIVER, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getTargetException();
                    }
                });
    }
}
