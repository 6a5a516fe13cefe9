package io.github.cloudmapgraph.infra;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** What CloudFormation makes of the expressions in a template. */
final class Expressions {
    private Expressions() {}

    /** Returns the text, with {@code <logical id>} or {@code <logical id.attribute>} for what CloudFormation knows. */
    static String text(JsonNode value) {
        if (value.isValueNode()) {
            return value.asText();
        }
        if (value.has("Ref")) {
            return "<" + value.get("Ref").asText() + ">";
        }
        if (value.has("Fn::GetAtt")) {
            JsonNode attribute = value.get("Fn::GetAtt");
            return "<" + attribute.get(0).asText() + "." + attribute.get(1).asText() + ">";
        }
        if (value.has("Fn::Join")) {
            JsonNode join = value.get("Fn::Join");
            return StreamSupport.stream(join.get(1).spliterator(), false)
                    .map(Expressions::text)
                    .collect(Collectors.joining(join.get(0).asText()));
        }
        throw new AssertionError("not an expression that the stack uses: " + value);
    }
}
