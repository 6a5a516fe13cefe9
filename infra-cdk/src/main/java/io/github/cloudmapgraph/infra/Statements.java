package io.github.cloudmapgraph.infra;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.services.iam.PolicyStatement;

/** Statements of a function's policy, written out: the library's grants allow more than the functions use. */
final class Statements {
    private Statements() {}

    static PolicyStatement allow(List<String> actions, String... resources) {
        return PolicyStatement.Builder.create()
                .actions(actions)
                .resources(List.of(resources))
                .build();
    }

    /** Allows the actions on those items of a table alone whose key matches. */
    static PolicyStatement allowItems(List<String> actions, String table, String... keys) {
        return PolicyStatement.Builder.create()
                .actions(actions)
                .resources(List.of(table))
                .conditions(
                        new TreeMap<>(Map.of("ForAllValues:StringLike", Map.of("dynamodb:LeadingKeys", List.of(keys)))))
                .build();
    }
}
