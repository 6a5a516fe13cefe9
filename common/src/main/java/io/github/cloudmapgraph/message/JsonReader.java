package io.github.cloudmapgraph.message;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads JSON values of an expected type; anything else is a {@link WrongJson} that names the place. */
final class JsonReader {
    /** What stands there is not what has to stand there. */
    static final class WrongJson extends IOException {
        private static final long serialVersionUID = 1L;

        WrongJson(String message) {
            super(message);
        }
    }

    /** Reads the value of one field, whose name it is given. */
    interface FieldReader {
        /** Returns false where the field is unknown: it is then skipped. */
        boolean read(String field) throws IOException;
    }

    /** Reads one element. */
    interface ElementReader<T> {
        T read() throws IOException;
    }

    private final JsonParser json;

    JsonReader(JsonParser json) {
        this.json = json;
    }

    /** Reads the object that is the whole document. */
    void document(FieldReader fields) throws IOException {
        json.nextToken();
        fields(fields);
        if (json.nextToken() != null) {
            throw new WrongJson("something follows the end of the document");
        }
    }

    /** Reads the object that is the next value. */
    void object(FieldReader fields) throws IOException {
        json.nextToken();
        fields(fields);
    }

    private void fields(FieldReader fields) throws IOException {
        expect(json.currentToken(), JsonToken.START_OBJECT, "an object");
        while (json.nextToken() != JsonToken.END_OBJECT) {
            if (!fields.read(json.currentName())) {
                json.nextToken();
                json.skipChildren();
            }
        }
    }

    <T> List<T> list(ElementReader<T> elements) throws IOException {
        expect(json.nextToken(), JsonToken.START_ARRAY, "a list");
        List<T> list = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            list.add(elements.read());
        }
        return list;
    }

    /** Reads a list of objects; {@code one} reads the fields of each and returns what they make. */
    <T> List<T> objects(ElementReader<FieldsOf<T>> one) throws IOException {
        return list(() -> {
            FieldsOf<T> object = one.read();
            fields(object);
            return object.made();
        });
    }

    /** An object that is being read. */
    interface FieldsOf<T> extends FieldReader {
        /** Makes it, once all its fields are read. */
        T made() throws IOException;
    }

    String text() throws IOException {
        expect(json.nextToken(), JsonToken.VALUE_STRING, "a text");
        return json.getText();
    }

    long number() throws IOException {
        expect(json.nextToken(), JsonToken.VALUE_NUMBER_INT, "a whole number");
        try {
            return json.getLongValue();
        } catch (InputCoercionException e) {
            throw new WrongJson("the number at " + place() + " is too large");
        }
    }

    int smallNumber() throws IOException {
        expect(json.nextToken(), JsonToken.VALUE_NUMBER_INT, "a whole number");
        try {
            return json.getIntValue();
        } catch (InputCoercionException e) {
            throw new WrongJson("the number at " + place() + " is too large");
        }
    }

    boolean truth() throws IOException {
        JsonToken token = json.nextToken();
        if (token != JsonToken.VALUE_TRUE && token != JsonToken.VALUE_FALSE) {
            throw wrong("true or false", token);
        }
        return token == JsonToken.VALUE_TRUE;
    }

    Map<String, String> texts() throws IOException {
        Map<String, String> texts = new LinkedHashMap<>();
        object(field -> {
            if (json.nextToken() != JsonToken.VALUE_STRING) {
                // Without the place: its last name is part of the payload.
                throw new WrongJson("a value of a tag or an attribute is not a text");
            }
            texts.put(field, json.getText());
            return true;
        });
        return texts;
    }

    <T> T required(@Nullable T value, String field) throws IOException {
        if (value == null) {
            throw new WrongJson("'" + field + "' is missing at " + place());
        }
        return value;
    }

    private void expect(@Nullable JsonToken found, JsonToken expected, String what) throws IOException {
        if (found != expected) {
            throw wrong(what, found);
        }
    }

    private WrongJson wrong(String expected, @Nullable JsonToken found) {
        return new WrongJson("expected " + expected + " at " + place() + ", found "
                + (found == null ? "the end of the document" : found.name()));
    }

    /** The path of names and indexes, without values: a payload is never shown. */
    private String place() {
        return json.getParsingContext().pathAsPointer().toString();
    }
}
