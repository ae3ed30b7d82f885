package dev.autosync.store.json;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** The members of a flat JSON object, by name. Those that nobody asks for are those of a later version. */
final class Fields {
    private final Map<String, List<String>> values;

    private Fields(Map<String, List<String>> values) {
        this.values = values;
    }

    /** Reads a line; null if it is no such object. */
    static @Nullable Fields decode(byte[] bytes, int length) {
        Map<String, List<String>> values = new HashMap<>();
        try (JsonParser in = JsonText.parser(bytes, length)) {
            if (in.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            for (String name = in.nextName(); name != null; name = in.nextName()) {
                List<String> texts = new ArrayList<>(1);
                if (in.nextToken() != JsonToken.START_ARRAY) {
                    scalar(in, texts);
                } else {
                    while (in.nextToken() != JsonToken.END_ARRAY) {
                        scalar(in, texts);
                    }
                }
                values.put(name, texts);
            }
            return new Fields(values);
        } catch (JacksonException e) {
            return null;
        }
    }

    private static void scalar(JsonParser in, List<String> texts) {
        if (in.currentToken().isScalarValue()) {
            texts.add(in.getString());
        } else {
            in.skipChildren();
        }
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    /** A member. */
    String text(String name) {
        List<String> texts = values.getOrDefault(name, List.of());
        if (texts.size() != 1) {
            throw new IllegalArgumentException(name + " is missing");
        }
        return texts.get(0);
    }

    Set<String> texts(String name) {
        return new HashSet<>(values.getOrDefault(name, List.of()));
    }

    long number(String name) {
        return Long.parseLong(text(name));
    }

    /** A number that may be {@code "NaN"} or infinite. */
    double real(String name) {
        return Double.parseDouble(text(name));
    }

    Instant time(String name) {
        try {
            return Instant.parse(text(name));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(name + " is no time", e);
        }
    }
}
