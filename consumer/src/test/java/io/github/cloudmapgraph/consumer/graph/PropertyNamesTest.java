package io.github.cloudmapgraph.consumer.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PropertyNamesTest {
    private static final List<String> PIECES = List.of(
            "\0",
            "\\",
            "u0000",
            "\\u0000",
            "\ud800",
            "\udfff",
            "ud800",
            "\\ud800",
            "u00",
            "00",
            "attribute_",
            "tag_",
            "name",
            "arn",
            "`",
            "'",
            "\"",
            "}) DETACH DELETE n //",
            "\n",
            " ",
            ".",
            "x",
            "\ud83d\ude00",
            "\u05d0",
            "$",
            "?");

    private static final Set<String> OWNED = Set.of("name", "arn", "not_set_here");

    @Test
    void add_keepsTagsAndAttributesApart_whateverTheirNamesAre() {
        for (long seed = 1; seed <= 20_000; seed++) {
            var random = new Random(seed);
            Map<String, String> tags = map(random, "tag");
            Map<String, String> attributes = map(random, "attribute");
            Map<String, Object> properties = new HashMap<>(Map.of("name", "ours", "arn", "ours"));

            var names = new PropertyNames(properties, OWNED);
            names.addTags(tags);
            names.addAttributes(attributes);

            assertThat(properties)
                    .as("seed %s: %s and %s", seed, tags, attributes)
                    .hasSize(2 + tags.size() + attributes.size())
                    .containsEntry("name", "ours")
                    .containsEntry("arn", "ours")
                    .doesNotContainKey("not_set_here");
            assertThat(properties.values())
                    .as("seed %s", seed)
                    .containsAll(tags.values())
                    .containsAll(attributes.values());
            assertThat(names.added()).hasSize(tags.size() + attributes.size());
            assertThat(properties.keySet())
                    .allSatisfy(name -> assertThat(name)
                            .isNotEmpty()
                            .doesNotContain("\0")
                            .satisfies(text -> assertThat(text.codePoints())
                                    .noneMatch(point ->
                                            point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE)));
        }
    }

    @Test
    void add_leavesEveryOtherNameAsItIs() {
        for (String name : List.of(
                "a`b",
                "\\",
                "\\n",
                "\\u0041",
                "u0000",
                "x.y z",
                "}) DETACH DELETE n //",
                "\n",
                "\ud83d\ude00",
                "$name")) {
            assertThat(nameOf(name)).isEqualTo(name);
        }
    }

    @Test
    void add_escapes_whatNeo4jCannotHold() {
        assertThat(nameOf("a\0b")).isEqualTo("a\\u0000b");
        assertThat(nameOf("a\\u0000b")).isEqualTo("a\\\\u0000b");
        assertThat(nameOf("a\\\0b")).isEqualTo("a\\\\\\u0000b");
        assertThat(nameOf("\ud800")).isEqualTo("\\ud800");
        assertThat(nameOf("")).isEqualTo("attribute_");
    }

    @Test
    void escaped_tellsWhatWasEscaped_andNothingElse() {
        var names = new PropertyNames(new HashMap<>(), OWNED);
        names.addAttributes(Map.of("a\0", "", "\\u0000", "", "", "", "name", "", "x", "", "\udc00", ""));

        assertThat(names.escaped()).containsExactlyInAnyOrder("a\\u0000", "attribute_", "\\udc00");
    }

    private static String nameOf(String key) {
        var names = new PropertyNames(new HashMap<>(), OWNED);
        names.addAttributes(Map.of(key, "value"));
        return names.added().iterator().next();
    }

    private static Map<String, String> map(Random random, String what) {
        Map<String, String> map = new HashMap<>();
        for (int keys = random.nextInt(5); keys > 0; keys--) {
            StringBuilder key = new StringBuilder();
            for (int pieces = random.nextInt(4); pieces > 0; pieces--) {
                key.append(PIECES.get(random.nextInt(PIECES.size())));
            }
            map.put(key.toString(), what + map.size());
        }
        return map;
    }
}
