package io.github.cloudmapgraph.local.cloudmap;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list that is ordered by key.
 *
 * <p>The token names the last key that was looked at, so what is added or removed between two pages neither repeats nor
 * hides anything else. It holds for the same list with the same filters only.
 */
record Page<T>(List<Map.Entry<String, T>> entries, @Nullable String nextToken) {
    static <T> Page<T> of(
            NavigableMap<String, T> all, Predicate<T> filter, Request request, String list, CloudMapOptions options) {
        long asked = Objects.requireNonNullElse(request.optionalNumber("MaxResults", 1, 100), 100L);
        long size = Math.min(asked, options.maxPageSize());
        String after = lastKey(request, list);

        List<Map.Entry<String, T>> entries = new ArrayList<>();
        String last = null;
        int seen = 0;
        for (Map.Entry<String, T> entry : (after == null ? all : all.tailMap(after, false)).entrySet()) {
            boolean matches = filter.test(entry.getValue());
            if (!matches && !options.sparsePages()) {
                continue;
            }
            if (seen == size) {
                return new Page<>(entries, token(list, Objects.requireNonNull(last)));
            }
            seen++;
            last = entry.getKey();
            if (matches) {
                entries.add(entry);
            }
        }
        return new Page<>(entries, null);
    }

    ObjectNode answer(String member, Function<T, ObjectNode> summary) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode list = answer.putArray(member);
        entries.forEach(entry -> list.add(summary.apply(entry.getValue())));
        return withToken(answer);
    }

    ObjectNode withToken(ObjectNode answer) {
        if (nextToken != null) {
            answer.put("NextToken", nextToken);
        }
        return answer;
    }

    private static String token(String list, String lastKey) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(
                        (Integer.toHexString(list.hashCode()) + " " + lastKey).getBytes(StandardCharsets.UTF_8));
    }

    private static @Nullable String lastKey(Request request, String list) {
        String token = request.optionalText("NextToken", Rule.NEXT_TOKEN);
        if (token == null) {
            return null;
        }
        try {
            String decoded = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
            String expected = Integer.toHexString(list.hashCode()) + " ";
            if (decoded.startsWith(expected)) {
                return decoded.substring(expected.length());
            }
        } catch (IllegalArgumentException _) {
            // Not one of ours: refused below, like one of another list.
        }
        throw Refusal.invalid(
                "The NextToken is not valid for this request: use the one of the page before, with the same filters");
    }
}
