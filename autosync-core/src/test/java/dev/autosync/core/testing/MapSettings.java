package dev.autosync.core.testing;

import dev.autosync.AutoSyncException;
import dev.autosync.ErrorCode;
import dev.autosync.spi.PluginSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Settings from a map, which remember what was asked for. */
final class MapSettings implements PluginSettings {
    final Set<String> asked = new TreeSet<>();
    private final Map<String, Object> values;

    MapSettings(Map<String, Object> values) {
        this.values = values;
    }

    @Override
    public Optional<String> string(String key) {
        return get(key, String.class);
    }

    @Override
    public List<String> strings(String key) {
        List<String> texts = new ArrayList<>();
        Object list = get(key, Object.class).orElse(List.of());
        ((List<?>) list).forEach(text -> texts.add((String) text));
        return texts;
    }

    @Override
    public Optional<Long> integer(String key, long least, long most) {
        return get(key, Long.class);
    }

    @Override
    public Optional<Boolean> bool(String key) {
        return get(key, Boolean.class);
    }

    @Override
    public Optional<Duration> duration(String key) {
        return string(key).map(Duration::parse);
    }

    @Override
    public AutoSyncException invalid(String key, String message) {
        return new AutoSyncException(ErrorCode.CONFIG_INVALID_VALUE, key + ": " + message);
    }

    private <T> Optional<T> get(String key, Class<T> type) {
        asked.add(key);
        return Optional.ofNullable(values.get(key)).map(type::cast);
    }
}
