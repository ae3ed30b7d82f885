package dev.autosync.testkit;

import dev.autosync.AutoSyncException;
import dev.autosync.ErrorCode;
import dev.autosync.spi.PluginSettings;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a configuration says, given as a map, for tests of factories.
 *
 * <p>Values are {@code String}, {@code Boolean}, {@code Integer} or {@code Long}, and {@code List} of {@code String}; anything else
 * is of the wrong type. Durations are texts. Errors have the codes that the engine's have, without a place in a file.
 * Called by tests. Threads: for the calling thread only.
 *
 * @since 0.1.0
 */
public final class MapSettings implements PluginSettings {
    private final Map<String, Object> values;
    private final Set<String> asked = new TreeSet<>();

    private MapSettings(Map<String, ?> values) {
        this.values = Map.copyOf(values);
    }

    /**
     * A configuration that says nothing.
     *
     * @return the settings
     */
    public static MapSettings empty() {
        return new MapSettings(Map.of());
    }

    /**
     * A configuration.
     *
     * @param values by key
     * @return the settings
     */
    public static MapSettings of(Map<String, ?> values) {
        return new MapSettings(values);
    }

    /**
     * The keys that were given and never asked for. The engine takes each for a spelling mistake of its user.
     *
     * @return sorted; empty once a factory has asked for all of them
     */
    public Set<String> neverAskedFor() {
        Set<String> left = new TreeSet<>(values.keySet());
        left.removeAll(asked);
        return left;
    }

    @Override
    public Optional<String> string(String key) {
        return value(key, String.class);
    }

    @Override
    public List<String> strings(String key) {
        return value(key, List.class).map(list -> {
            for (Object element : list) {
                if (!(element instanceof String)) {
                    throw wrongType(key);
                }
            }
            return ((List<?>) list).stream().map(String.class::cast).toList();
        }).orElse(List.of());
    }

    @Override
    public Optional<Long> integer(String key, long least, long most) {
        Optional<Long> number = value(key, Number.class).map(n -> {
            if (!(n instanceof Integer || n instanceof Long)) {
                throw wrongType(key);
            }
            return n.longValue();
        });
        number.filter(n -> n < least || n > most).ifPresent(n -> {
            throw invalid(key, "must be " + least + " to " + most + ", was " + n);
        });
        return number;
    }

    @Override
    public Optional<Boolean> bool(String key) {
        return value(key, Boolean.class);
    }

    @Override
    public Optional<Duration> duration(String key) {
        return string(key).map(text -> {
            try {
                Duration duration = Duration.parse(text);
                if (duration.isZero() || duration.isNegative()) {
                    throw invalid(key, "must be more than zero, was " + text);
                }
                return duration;
            } catch (DateTimeException e) {
                throw invalid(key, "must be a duration as PT10M, was " + text);
            }
        });
    }

    @Override
    public AutoSyncException invalid(String key, String message) {
        return new AutoSyncException(ErrorCode.CONFIG_INVALID_VALUE, key + " " + message);
    }

    private <T> Optional<T> value(String key, Class<T> type) {
        asked.add(key);
        Object value = values.get(key);
        if (value != null && !type.isInstance(value)) {
            throw wrongType(key);
        }
        return Optional.ofNullable(value).map(type::cast);
    }

    private static AutoSyncException wrongType(String key) {
        return new AutoSyncException(ErrorCode.CONFIG_WRONG_TYPE, key + " has the wrong type");
    }
}
