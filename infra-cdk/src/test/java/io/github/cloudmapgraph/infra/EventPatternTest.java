package io.github.cloudmapgraph.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The matcher that {@link TriggersTest} goes by matches as EventBridge does. */
class EventPatternTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
        {'a':['x','y']}           | {'a':'y','b':1}    | true
        {'a':['x']}               | {'a':'y'}          | false
        {'a':['x']}               | {}                 | false
        {'a':['x']}               | {'a':['w','x']}    | true
        {'a':['x'],'b':['z']}     | {'a':'x','b':'y'}  | false
        {'a':{'b':[false]}}       | {'a':{'b':false}}  | true
        {'a':{'b':[false]}}       | {'a':{'b':'false'}}| false
        {'a':{'b':[false]}}       | {'a':'b'}          | false
        {'a':[{'exists':false}]}  | {}                 | true
        {'a':[{'exists':false}]}  | {'a':'x'}          | false
        {'a':[{'exists':true}]}   | {'a':'x'}          | true
        {'a':[{'exists':true}]}   | {}                 | false
        """)
    void matches_asEventBridgeDoes(String pattern, String event, boolean matches) {
        assertThat(new EventPattern(json(pattern)).matches(json(event))).isEqualTo(matches);
    }

    @Test
    void matches_refusesAnOperator_thatItDoesNotKnow() {
        EventPattern pattern = new EventPattern(json("{'a':[{'prefix':'x'}]}"));

        assertThatThrownBy(() -> pattern.matches(json("{'a':'x'}"))).hasMessageContaining("prefix");
    }

    private static JsonNode json(String singleQuoted) {
        try {
            return new ObjectMapper().readTree(singleQuoted.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(singleQuoted, e);
        }
    }
}
