package io.github.cloudmapgraph.consumer.neo4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cloudmapgraph.json.Json;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessFieldsTest {
    @Test
    void read_finds_whenAllIsFilledIn() {
        Neo4jAccess access = found("""
            {"uri": " neo4j+s://graph.example.com ", "username": "sync", "password": " spaces count ", "database": "maps"}
            """);

        assertThat(access.uri()).hasToString("neo4j+s://graph.example.com");
        assertThat(access.username()).isEqualTo("sync");
        assertThat(access.password()).isEqualTo(" spaces count ");
        assertThat(access.database()).isEqualTo("maps");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"host\": \"graph.example.com\"                                         |"
                        + " neo4j+s://graph.example.com:7687",
                "\"host\": \"graph.example.com\", \"port\": 7688                         |"
                        + " neo4j+s://graph.example.com:7688",
                "\"host\": \"graph.example.com\", \"port\": \"7688\"                     |"
                        + " neo4j+s://graph.example.com:7688",
                "\"host\": \"10.0.0.7\", \"port\": 7687, \"scheme\": \"bolt\"            | bolt://10.0.0.7:7687",
                "\"host\": \"fd00::7\", \"scheme\": \"bolt+ssc\"                         | bolt+ssc://[fd00::7]:7687",
                "\"host\": \"graph.example.com\", \"uri\": \"bolt://other.example.com\"  | bolt://other.example.com",
                "\"host\": \"graph.example.com\", \"uri\": \"<uri>\", \"port\": null     |"
                        + " neo4j+s://graph.example.com:7687"
            })
    void read_composesTheAddress_whenHostAndPortAreGiven(String address, String uri) {
        assertThat(found("{" + address + ", \"username\": \"u\", \"password\": \"p\"}")
                        .uri())
                .hasToString(uri);
    }

    @Test
    void read_usesTheServersDefault_whenTheDatabaseIsAPlaceholder() {
        assertThat(found("""
            {"uri": "bolt://localhost", "username": "u", "password": "p", "database": "<database>"}\
            """).database()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"uri\": \"\", \"username\": \" \", \"password\": null}",
                "{\"uri\": \"<uri>\", \"username\": \"<username>\", \"password\": \"<password>\"}"
            })
    void read_namesTheFields_whenNobodyHasFilledThemIn(String secret) {
        assertThat(AccessFields.read("the secret", Json.parseObject(secret)))
                .isEqualTo(new AccessReading.NotFilledIn(
                        "the secret", List.of("uri (or host and port)", "username", "password")));
    }

    @Test
    void read_takesAPassword_whenItOnlyBeginsLikeAPlaceholder() {
        assertThat(found("""
            {"uri": "bolt://localhost", "username": "u", "password": "<k3-secret"}\
            """).password()).isEqualTo("<k3-secret");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"uri\": \"https://graph.example.com\"                     | the scheme of uri is not one of",
                "\"uri\": \"graph.example.com:7687\"                        | the scheme of uri is not one of",
                "\"uri\": \"neo4j://\"                                      | is not an address such as",
                "\"uri\": \"neo4j:///graph\"                                | names no host",
                "\"uri\": \"neo4j://neo4j:hidden-value@graph.example.com\"  | holds a user",
                "\"host\": \"graph.example.com\", \"port\": \"hidden-value\" | port is not a number from 1 to 65535",
                "\"host\": \"graph.example.com\", \"port\": 0               | port is not a number from 1 to 65535",
                "\"host\": \"hidden value\"                                 | host is not an address such as",
                "\"uri\": \"bolt://h\", \"allowUnencrypted\": \"hidden\"   | allowUnencrypted is neither true nor false"
            })
    void read_saysWhatIsAllowed_whenTheAddressIsWrong(String address, String problem) {
        AccessReading reading = AccessFields.read(
                "the secret",
                Json.parseObject("{" + address + ", \"username\": \"u\", \"password\": \"hidden-value\"}"));

        assertThat(reading)
                .isInstanceOfSatisfying(
                        AccessReading.Wrong.class,
                        wrong -> assertThat(wrong.problem()).contains(problem).doesNotContain("hidden"));
    }

    @ParameterizedTest
    @CsvSource({"true, true", "'\"true\"', true", "false, false", "null, false", "'\"\"', false"})
    void read_takesThePermission_whenItIsATruthValueOrItsText(String json, boolean allowed) {
        assertThat(found("{\"uri\": \"bolt://h\", \"username\": \"u\", \"password\": \"p\", \"allowUnencrypted\": "
                                + json + "}")
                        .allowUnencrypted())
                .isEqualTo(allowed);
    }

    @Test
    void toString_tellsNoMoreOfTheUriThanTheAddress() {
        Neo4jAccess access =
                found("{\"uri\": \"neo4j://localhost/hidden?policy=hidden#hidden\", \"username\": \"u\", \"password\":"
                        + " \"p\"}");

        assertThat(access).hasToString("u at neo4j://localhost");
    }

    @Test
    void toString_hidesThePassword() {
        Neo4jAccess access =
                found("{\"uri\": \"bolt://localhost\", \"username\": \"u\", \"password\": \"hidden-value\"}");

        assertThat(new AccessReading.Found(access).toString())
                .contains("bolt://localhost")
                .doesNotContain("hidden");
    }

    private static Neo4jAccess found(String secret) {
        AccessReading reading = AccessFields.read("the secret", Json.parseObject(secret));
        assertThat(reading).isInstanceOf(AccessReading.Found.class);
        return ((AccessReading.Found) reading).access();
    }
}
