package dev.autosync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class LocationTest {
    @Test
    void namesFileLineAndPointer() {
        assertThat(Location.of("c.json")).hasToString("c.json");
        assertThat(Location.of("c.json", 7)).hasToString("c.json:7");
        assertThat(Location.of("c.json", 7, "/tests/timeout")).hasToString("c.json:7 (/tests/timeout)");
    }

    @Test
    void givesItsPartsWhereTheyAreKnown() {
        assertThat(Location.of("c.json").line()).isEmpty();
        assertThat(Location.of("c.json", 7).pointer()).isEmpty();
        assertThat(Location.of("c.json", 7, "/a").line()).hasValue(7);
        assertThat(Location.of("c.json", 7, "/a").pointer()).contains("/a");
    }

    @Test
    void staysOneShortLineWhateverTheKeysAre() {
        Location place = Location.of("a\nb.json", 1, "/\u001b[31m\r\n\u202e" + "x".repeat(5000));

        assertThat(place.toString()).startsWith("a\\u000ab.json:1 (/\\u001b[31m\\u000d\\u000a\\u202exxx").endsWith("x...)")
                .hasSizeLessThan(250);
        assertThat(place.pointer().orElseThrow()).as("the value is exact").hasSize(5009);
    }

    @Test
    void refusesALineBelowOne() {
        assertThatIllegalArgumentException().isThrownBy(() -> Location.of("f", 0)).withMessageContaining("line must be 1 or more");
    }

    @Test
    void equalsByItsParts() {
        assertThat(Location.of("f", 1, "/a")).isEqualTo(Location.of("f", 1, "/a")).hasSameHashCodeAs(Location.of("f", 1, "/a"))
                .isNotEqualTo(Location.of("f", 2, "/a")).isNotEqualTo(Location.of("f", 1));
    }
}
