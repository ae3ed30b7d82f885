package dev.autosync.github;

import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/** A JSON object of the other side: its members are asked for by name and kind, and what is of another kind is not there. */
final class Json {
    private static final JsonFactory FACTORY = JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(64).build()).build();

    private final Map<?, ?> members;

    private Json(Map<?, ?> members) {
        this.members = members;
    }

    /**
     * Reads an object.
     *
     * @return empty if the bytes are not exactly one object
     */
    static Optional<Json> parse(byte[] bytes) {
        try (JsonParser in = FACTORY.createParser(ObjectReadContext.empty(), bytes)) {
            in.nextToken();
            Object value = value(in);
            return in.nextToken() == null && value instanceof Map<?, ?> map ? Optional.of(new Json(map)) : Optional.empty();
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private static @Nullable Object value(JsonParser in) {
        JsonToken token = in.currentToken();
        if (token == JsonToken.START_OBJECT) {
            Map<String, @Nullable Object> map = new LinkedHashMap<>();
            while (in.nextToken() != JsonToken.END_OBJECT) {
                String name = in.currentName();
                in.nextToken();
                map.put(name, value(in));
            }
            return map;
        }
        if (token == JsonToken.START_ARRAY) {
            List<@Nullable Object> list = new ArrayList<>();
            while (in.nextToken() != JsonToken.END_ARRAY) {
                list.add(value(in));
            }
            return list;
        }
        if (token == JsonToken.VALUE_NUMBER_INT) {
            return in.getNumberType() == JsonParser.NumberType.BIG_INTEGER ? null : in.getLongValue();
        }
        return token == JsonToken.VALUE_STRING ? in.getString() : null;
    }

    /** A text. */
    Optional<String> text(String name) {
        return members.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    /** A whole number of up to 64 bits. */
    Optional<Long> number(String name) {
        return members.get(name) instanceof Long number ? Optional.of(number) : Optional.empty();
    }

    /** An object. */
    Optional<Json> object(String name) {
        return members.get(name) instanceof Map<?, ?> map ? Optional.of(new Json(map)) : Optional.empty();
    }

    /** The objects of a list; empty if there is no such list. */
    Optional<List<Json>> objects(String name) {
        if (!(members.get(name) instanceof List<?> list)) {
            return Optional.empty();
        }
        List<Json> objects = new ArrayList<>();
        for (Object element : list) {
            if (element instanceof Map<?, ?> map) {
                objects.add(new Json(map));
            }
        }
        return Optional.of(objects);
    }

    /** Writes an object of texts and truths. */
    static String write(Map<String, Object> members) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
            out.writeStartObject();
            members.forEach((name, value) -> {
                out.writeName(name);
                if (value instanceof Boolean truth) {
                    out.writeBoolean(truth);
                } else {
                    out.writeString(value.toString());
                }
            });
            out.writeEndObject();
        }
        return text.toString();
    }
}
