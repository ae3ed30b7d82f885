package dev.autosync.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.autosync.AutoSyncException;
import dev.autosync.ErrorCode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class MapSettingsTest {
    private final MapSettings settings = MapSettings.of(Map.of("text", "t", "list", List.of("a", "b"), "int", 7, "long", 8L, "yes", true,
            "time", "PT10M", "mixed", List.of("a", 1), "real", 1.5));

    @Test
    void givesValuesByTheirType() {
        assertEquals(Optional.of("t"), settings.string("text"));
        assertEquals(List.of("a", "b"), settings.strings("list"));
        assertEquals(Optional.of(7L), settings.integer("int", 0, 7));
        assertEquals(Optional.of(8L), settings.integer("long", 8, 9));
        assertEquals(Optional.of(true), settings.bool("yes"));
        assertEquals(Optional.of(Duration.ofMinutes(10)), settings.duration("time"));
        assertEquals(Optional.empty(), settings.string("absent"));
        assertEquals(List.of(), settings.strings("absent"));
        assertEquals(Set.of("mixed", "real"), settings.neverAskedFor());
    }

    @Test
    void refusesWhatTheEngineRefuses() {
        assertCode(ErrorCode.CONFIG_WRONG_TYPE, () -> settings.string("int"));
        assertCode(ErrorCode.CONFIG_WRONG_TYPE, () -> settings.strings("mixed"));
        assertCode(ErrorCode.CONFIG_WRONG_TYPE, () -> settings.integer("real", 0, 9));
        assertCode(ErrorCode.CONFIG_INVALID_VALUE, () -> settings.integer("int", 8, 9));
        assertCode(ErrorCode.CONFIG_INVALID_VALUE, () -> settings.duration("text"));
        assertCode(ErrorCode.CONFIG_INVALID_VALUE, () -> MapSettings.of(Map.of("time", "PT0S")).duration("time"));
    }

    private static void assertCode(ErrorCode code, Executable call) {
        assertEquals(code, assertThrows(AutoSyncException.class, call).code());
    }
}
