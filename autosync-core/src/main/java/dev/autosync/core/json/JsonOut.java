package dev.autosync.core.json;

import java.io.StringWriter;
import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;

/** Writes JSON objects. Each method writes one member and returns this, so that an object reads as a list. */
public final class JsonOut {
    private static final JsonFactory FACTORY = new JsonFactory();

    private final JsonGenerator generator;

    private JsonOut(JsonGenerator generator) {
        this.generator = generator;
    }

    /** An object over several lines, with a line end at its end: for files that people read. */
    public static String text(Consumer<JsonOut> members) {
        return write(members, new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n"))) + "\n";
    }

    /** An object on one line. */
    public static String line(Consumer<JsonOut> members) {
        return write(members, null);
    }

    /** A text, or null. */
    public JsonOut text(String name, @Nullable String value) {
        generator.writeName(name);
        if (value == null) {
            generator.writeNull();
        } else {
            generator.writeString(value);
        }
        return this;
    }

    /** A whole number. */
    public JsonOut number(String name, long value) {
        generator.writeName(name).writeNumber(value);
        return this;
    }

    /** A finite number. */
    public JsonOut number(String name, double value) {
        generator.writeName(name).writeNumber(value);
        return this;
    }

    /** A duration in seconds, to the millisecond. */
    public JsonOut seconds(String name, Duration value) {
        return number(name, value.toMillis() / 1000.0);
    }

    /** True or false. */
    public JsonOut bool(String name, boolean value) {
        generator.writeName(name).writeBoolean(value);
        return this;
    }

    /** An object. */
    public JsonOut object(String name, Consumer<JsonOut> members) {
        generator.writeName(name);
        return object(members);
    }

    /** An array of texts. */
    public JsonOut texts(String name, Iterable<String> values) {
        generator.writeName(name).writeStartArray();
        values.forEach(generator::writeString);
        generator.writeEndArray();
        return this;
    }

    /** An array of whole numbers. */
    public JsonOut numbers(String name, Iterable<Long> values) {
        generator.writeName(name).writeStartArray();
        values.forEach(generator::writeNumber);
        generator.writeEndArray();
        return this;
    }

    /** An array of objects. */
    public <T> JsonOut objects(String name, Iterable<T> values, BiConsumer<JsonOut, T> members) {
        generator.writeName(name).writeStartArray();
        values.forEach(value -> object(out -> members.accept(out, value)));
        generator.writeEndArray();
        return this;
    }

    private JsonOut object(Consumer<JsonOut> members) {
        generator.writeStartObject();
        members.accept(this);
        generator.writeEndObject();
        return this;
    }

    private static String write(Consumer<JsonOut> members, @Nullable DefaultPrettyPrinter printer) {
        StringWriter text = new StringWriter();
        ObjectWriteContext context = printer == null ? ObjectWriteContext.empty() : new ObjectWriteContext.Base() {
            @Override
            public boolean hasPrettyPrinter() {
                return true;
            }

            @Override
            public PrettyPrinter getPrettyPrinter() {
                return printer;
            }
        };
        try (JsonGenerator generator = FACTORY.createGenerator(context, text)) {
            new JsonOut(generator).object(members);
        }
        return withoutLoneSurrogates(text.getBuffer());
    }

    /** They stand for bytes of file names, and UTF-8 cannot spell them; where they are, in strings, they can be escaped. */
    private static String withoutLoneSurrogates(CharSequence text) {
        StringBuilder escaped = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean pair = Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1));
            if (Character.isSurrogate(c) && !pair && escaped == null) {
                escaped = new StringBuilder(text.length() + 64).append(text, 0, i);
            }
            if (escaped != null) {
                if (Character.isSurrogate(c) && !pair) {
                    escaped.append(String.format("\\u%04x", (int) c));
                } else {
                    escaped.append(text, i, i + (pair ? 2 : 1));
                }
            }
            i += pair ? 1 : 0;
        }
        return escaped == null ? text.toString() : escaped.toString();
    }
}
