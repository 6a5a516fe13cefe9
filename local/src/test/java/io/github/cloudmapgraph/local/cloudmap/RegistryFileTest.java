package io.github.cloudmapgraph.local.cloudmap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegistryFileTest {
    private static final String DEPENDENCY = "NEO4J_RELATIONSHIP_TO_SERVICE";

    private final TestClock clock = new TestClock(Instant.EPOCH);
    private final CloudMapOptions options = CloudMapOptions.of(clock, CloudMap.ACCOUNT, CloudMap.REGION);

    @Test
    void example_holdsWhatTheGraphCanShow_whenItIsLoaded() {
        Content example = content(RegistryFile.example());
        Map<String, Set<String>> dependencies = new TreeMap<>();
        for (Service service : example.services().values()) {
            String targets =
                    service.tags().getOrDefault(DEPENDENCY, service.attributes().get(DEPENDENCY));
            if (targets != null) {
                dependencies.put(service.name(), new TreeSet<>(List.of(targets.split(" "))));
            }
        }

        assertThat(example.namespaces().values())
                .extracting(Namespace::name)
                .containsExactlyInAnyOrder("mortgage-and-insurance", "online-boutique.local");
        assertThat(example.services()).hasSize(17);
        assertThat(dependencies)
                .containsEntry("SrvFrontMort", Set.of("SrvBackMort"))
                .containsEntry("SrvBackMort", Set.of("ServiceMail"))
                .containsEntry("SrvFrontInsu", Set.of("SrvBackInsu"))
                .containsEntry("SrvBackInsu", Set.of("ServiceMail"))
                .containsEntry("cartservice", Set.of("redis-cart"))
                .containsEntry("loadgenerator", Set.of("frontend"))
                .containsEntry("recommendationservice", Set.of("productcatalogservice"));
        assertThat(dependencies.get("frontend")).hasSize(7);
        assertThat(dependencies.get("checkoutservice")).hasSize(6);
        assertThat(example.services().values()).allSatisfy(service -> {
            assertThat(service.tags()).containsKey("owner");
            assertThat(example.instances(service.id())).isNotEmpty();
        });
        assertThat(example.services().values().stream()
                        .flatMap(service -> example.instances(service.id()).values().stream())
                        .filter(instance -> instance.health() == Instance.Health.UNHEALTHY))
                .hasSize(1);
    }

    @Test
    void ids_stayTheSame_whenAFileIsLoadedAgain() {
        clock.advance(Duration.ofDays(1));
        assertThat(content(RegistryFile.example()).services().keySet())
                .isEqualTo(content(RegistryFile.example()).services().keySet());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        [] | The document must be an object
        {} | 'namespaces'
        {"namespaces": {}} | 'namespaces' must be a list
        {"namespaces": [], "x": 1} | 'x' is not known; allowed here: namespaces
        {"namespaces": [{"name": "a"}]} | 'namespaces[0].type'
        {"namespaces": [{"name": "a", "type": "DNS"}]} | [HTTP, DNS_PRIVATE, DNS_PUBLIC]
        {"namespaces": [{"name": "a b", "type": "HTTP"}]} | 'namespaces[0].name'
        {"namespaces": [{"name": "a", "type": "HTTP"}, {"name": "a", "type": "HTTP"}]} | namespaces[1]: httpName 'a' stands twice
        {"namespaces": [{"name": "a", "type": "HTTP", "tags": {"k": "a,b"}}]} | 'namespaces[0].tags.k'
        {"namespaces": [{"name": "a", "type": "HTTP", "services": [{"name": "b", "port": 1}]}]} | namespaces[0].services[0]: 'port' is not known
        {"namespaces": [{"name": "a", "type": "HTTP", "services": [{"name": "b"}, {"name": "b"}]}]} | services[1]: name 'b' stands twice
        {"namespaces": [{"name": "a", "type": "HTTP", "services": [{"name": "b", "dnsConfig": {"dnsRecords": [{"type": "A", "ttl": 1}]}}]}]} | services[0]: DnsConfig can't be specified
        {"namespaces": [{"name": "a", "type": "DNS_PRIVATE", "services": [{"name": "b", "dnsConfig": {"dnsRecords": [{"type": "A"}]}}]}]} | 'namespaces[0].services[0].dnsConfig.dnsRecords[0].ttl'
        {"namespaces": [{"name": "a", "type": "HTTP", "services": [{"name": "b", "instances": [{"id": "c", "attributes": {"k": 1}}]}]}]} | 'namespaces[0].services[0].instances[0].attributes.k' must be a string
        {"namespaces": [{"name": "a", "type": "HTTP", "services": [{"name": "b", "instances": [{"id": "c", "health": "HEALTHY"}]}]}]} | instances[0]: health can be given only where
        {"namespaces": [], "namespaces": []} | line 1
        {"namespaces": [} | line 1
        """)
    void load_isRefusedWithThePlace_whenTheFileBreaksARule(String json, String message) {
        assertThatThrownBy(() -> RegistryFile.parse("registry.json", json).changes(options))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("registry.json")
                .hasMessageContaining(message);
    }

    @Test
    void read_namesTheFile_whenItIsMissingOrWrong(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("registry.json");
        assertThatThrownBy(() -> RegistryFile.read(file)).isInstanceOf(NoSuchFileException.class);
        Files.writeString(file, "{\n  oops");
        assertThatThrownBy(() -> RegistryFile.read(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(file + " is not JSON, line 2");
        Files.writeString(file, "{\n  \"namespaces\": [");
        assertThatThrownBy(() -> RegistryFile.read(file))
                .hasMessage(file
                        + " is not JSON, line 2 column 18: Unexpected end-of-input: expected close marker for Array");
    }

    private Content content(RegistryFile file) {
        var content = new Content();
        file.changes(options).forEach(content::apply);
        return content;
    }
}
