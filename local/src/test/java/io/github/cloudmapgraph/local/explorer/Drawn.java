package io.github.cloudmapgraph.local.explorer;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** What is on the canvas: the page tells, because no document does. */
record Drawn(List<Node> nodes, List<Edge> edges, double zoom, double panX, double panY) {
    /**
     * A node.
     *
     * @param x where it is in the drawing
     * @param screenX where that is on the canvas, in pixels
     */
    record Node(
            String id,
            String kind,
            String label,
            String health,
            double x,
            double y,
            double screenX,
            double screenY,
            Set<String> classes) {}

    /** An arrow. */
    record Edge(String source, String target, String kind, List<String> sources, Set<String> classes) {}

    static Drawn of(JsonNode json) {
        return new Drawn(
                stream(json.path("nodes"))
                        .map(node -> new Node(
                                node.path("id").asText(),
                                node.path("kind").asText(),
                                node.path("label").asText(),
                                node.path("health").asText(),
                                node.path("position").path("x").asDouble(),
                                node.path("position").path("y").asDouble(),
                                node.path("rendered").path("x").asDouble(),
                                node.path("rendered").path("y").asDouble(),
                                stream(node.path("classes"))
                                        .map(JsonNode::asText)
                                        .collect(Collectors.toSet())))
                        .toList(),
                stream(json.path("edges"))
                        .map(edge -> new Edge(
                                edge.path("source").asText(),
                                edge.path("target").asText(),
                                edge.path("kind").asText(),
                                stream(edge.path("sources"))
                                        .map(JsonNode::asText)
                                        .toList(),
                                stream(edge.path("classes"))
                                        .map(JsonNode::asText)
                                        .collect(Collectors.toSet())))
                        .toList(),
                json.path("zoom").asDouble(),
                json.path("pan").path("x").asDouble(),
                json.path("pan").path("y").asDouble());
    }

    private static java.util.stream.Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    List<Node> nodes(String kind) {
        return nodes.stream().filter(node -> node.kind().equals(kind)).toList();
    }

    Set<String> ids(String kind) {
        return nodes(kind).stream().map(Node::id).collect(Collectors.toSet());
    }

    Set<String> marked(String styleClass) {
        return nodes.stream()
                .filter(node -> node.classes().contains(styleClass))
                .map(Node::id)
                .collect(Collectors.toSet());
    }

    Optional<Node> node(String id) {
        return nodes.stream().filter(node -> node.id().equals(id)).findFirst();
    }

    /** The arrows of a kind, as {@code from -> to}. */
    Set<String> arrows(String kind) {
        return edges.stream()
                .filter(edge -> edge.kind().equals(kind))
                .map(edge -> edge.source() + " -> " + edge.target())
                .collect(Collectors.toSet());
    }
}
