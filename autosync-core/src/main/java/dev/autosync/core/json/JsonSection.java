package dev.autosync.core.json;

import dev.autosync.AutoSyncException;
import dev.autosync.ErrorCode;
import dev.autosync.Location;
import dev.autosync.core.text.NearestName;
import dev.autosync.core.text.Untrusted;
import dev.autosync.spi.PluginSettings;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * An object of a configuration file, read key by key. It remembers which keys were asked for, so that {@link #done} can name a key that
 * nobody reads. Every error has the place of the value. For one thread.
 */
public final class JsonSection implements PluginSettings {
    private final JsonNode object;
    private final Set<String> known = new TreeSet<>();

    private JsonSection(JsonNode object) {
        this.object = object;
    }

    /**
     * Reads an object.
     *
     * @throws AutoSyncException if the value is no object, or has a name twice
     */
    public static JsonSection of(JsonNode node) {
        if (node.kind() != JsonNode.Kind.OBJECT) {
            throw wrongType(node, "an object");
        }
        Set<String> names = new TreeSet<>();
        for (JsonNode.Member member : node.members()) {
            if (!names.add(member.name())) {
                throw new AutoSyncException(ErrorCode.CONFIG_INVALID_VALUE, "the key '" + shown(member.name())
                        + "' stands here twice; remove one", member.value().location(), null);
            }
        }
        return new JsonSection(node);
    }

    /** A section without any key, at the place of another value or at none. */
    public static JsonSection empty(JsonNode place) {
        return new JsonSection(place);
    }

    /** A section without any key and without a file: for plugins that are named in code. */
    public static JsonSection empty() {
        return new JsonSection(JsonText.parse("{}", "(code)", ErrorCode.INTERNAL));
    }

    /** Checks the key {@code version}, which every file has, and allows {@code $schema}. */
    public JsonSection version(long supported) {
        known.add("$schema");
        long version = integer("version", 1, Long.MAX_VALUE).orElseThrow(() -> missing("version"));
        if (version > supported) {
            throw new AutoSyncException(ErrorCode.CONFIG_VERSION, "version " + version + " is newer than this AutoSync, which reads "
                    + supported + "; upgrade AutoSync", value("version").orElse(object).location(), null);
        }
        return this;
    }

    /** The value of a key as it is. */
    public Optional<JsonNode> value(String key) {
        known.add(key);
        return object.get(key);
    }

    /** The value of a key that must be there. */
    public JsonNode required(String key) {
        return value(key).orElseThrow(() -> missing(key));
    }

    /** A text that must be there. */
    public String requiredString(String key) {
        return string(key).orElseThrow(() -> missing(key));
    }

    /** An object. */
    public Optional<JsonSection> section(String key) {
        return value(key).map(JsonSection::of);
    }

    /** The elements of an array. */
    public List<JsonNode> elements(String key) {
        return value(key).map(node -> checked(node, JsonNode.Kind.ARRAY, "an array").elements()).orElse(List.of());
    }

    /** A finite number. */
    public Optional<Double> number(String key) {
        return value(key).map(node -> {
            double number = new BigDecimal(checked(node, JsonNode.Kind.NUMBER, "a number").raw()).doubleValue();
            if (Double.isInfinite(number)) {
                throw invalid(key, "the number is too large");
            }
            return number;
        });
    }

    @Override
    public Optional<String> string(String key) {
        return value(key).map(JsonSection::text);
    }

    @Override
    public List<String> strings(String key) {
        List<String> texts = new ArrayList<>();
        elements(key).forEach(node -> texts.add(text(node)));
        return List.copyOf(texts);
    }

    @Override
    public Optional<Long> integer(String key, long least, long most) {
        return value(key).map(node -> {
            String raw = checked(node, JsonNode.Kind.NUMBER, "a whole number").raw();
            long number;
            try {
                number = Long.parseLong(raw);
            } catch (NumberFormatException e) {
                throw wrongType(node, "a whole number");
            }
            if (number < least || number > most) {
                throw invalid(key, "must be " + least + " to " + most + ", is " + number);
            }
            return number;
        });
    }

    @Override
    public Optional<Boolean> bool(String key) {
        return value(key).map(node -> checked(node, JsonNode.Kind.BOOLEAN, "true or false").bool());
    }

    @Override
    public Optional<Duration> duration(String key) {
        return string(key).map(text -> {
            try {
                Duration duration = Duration.parse(text);
                if (duration.isNegative() || duration.isZero()) {
                    throw invalid(key, "must be more than zero");
                }
                return duration;
            } catch (DateTimeException e) {
                throw invalid(key, "'" + shown(text) + "' is no duration; write for example PT10M for ten minutes");
            }
        });
    }

    @Override
    public AutoSyncException invalid(String key, String message) {
        Optional<AutoSyncException> misspelt = misspelt(key);
        if (misspelt.isPresent()) {
            return misspelt.get();
        }
        return new AutoSyncException(ErrorCode.CONFIG_INVALID_VALUE, "'" + shown(key) + "': " + message,
                object.get(key).orElse(object).location(), null);
    }

    /** Where a key's value stands; the place of the whole section if it is not there. */
    public Location place(String key) {
        return object.get(key).orElse(object).location();
    }

    /** The error that a key is not there. */
    public AutoSyncException missing(String key) {
        Optional<AutoSyncException> misspelt = misspelt(key);
        if (misspelt.isPresent()) {
            return misspelt.get();
        }
        return new AutoSyncException(ErrorCode.CONFIG_MISSING_KEY, "the key '" + key + "' is missing here; add it", object.location(), null);
    }

    /**
     * Says that everything was asked for.
     *
     * @throws AutoSyncException {@link ErrorCode#CONFIG_UNKNOWN_KEY} if there is a key that nobody asked for
     */
    public void done() {
        for (JsonNode.Member member : object.members()) {
            if (!known.contains(member.name())) {
                throw unknown(member, NearestName.of(member.name(), known));
            }
        }
    }

    /** A key that is missing because it is there under a name that nobody reads. */
    private Optional<AutoSyncException> misspelt(String key) {
        if (object.get(key).isPresent()) {
            return Optional.empty();
        }
        return object.members().stream().filter(member -> !known.contains(member.name()))
                .filter(member -> NearestName.of(member.name(), Set.of(key)).isPresent()).findFirst()
                .map(member -> unknown(member, Optional.of(key)));
    }

    private AutoSyncException unknown(JsonNode.Member member, Optional<String> near) {
        return new AutoSyncException(ErrorCode.CONFIG_UNKNOWN_KEY, "there is no key '" + shown(member.name()) + "' here"
                + near.map(name -> "; did you mean '" + name + "'?").orElse("; known are " + String.join(", ", known)),
                member.value().location(), null);
    }

    private static String text(JsonNode node) {
        return checked(node, JsonNode.Kind.STRING, "a text").text();
    }

    private static JsonNode checked(JsonNode node, JsonNode.Kind kind, String wanted) {
        if (node.kind() != kind) {
            throw wrongType(node, wanted);
        }
        return node;
    }

    /** The error that a value is of another type. */
    public static AutoSyncException wrongType(JsonNode node, String wanted) {
        String is = switch (node.kind()) {
            case OBJECT -> "an object";
            case ARRAY -> "an array";
            case STRING -> "a text";
            case NUMBER -> "the number " + shown(node.raw());
            case BOOLEAN -> node.raw();
            case NULL -> "null";
        };
        return new AutoSyncException(ErrorCode.CONFIG_WRONG_TYPE, "must be " + wanted + ", is " + is, node.location(), null);
    }

    private static String shown(String text) {
        return Untrusted.line(text, 80);
    }
}
