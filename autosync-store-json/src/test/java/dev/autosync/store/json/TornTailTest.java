package dev.autosync.store.json;

import static dev.autosync.store.json.StoreFixture.TOKEN;
import static dev.autosync.store.json.StoreFixture.appendEach;
import static dev.autosync.store.json.StoreFixture.events;
import static dev.autosync.store.json.StoreFixture.expected;
import static dev.autosync.store.json.StoreFixture.lineEnds;
import static dev.autosync.store.json.StoreFixture.open;
import static dev.autosync.store.json.StoreFixture.segment;
import static dev.autosync.store.json.StoreFixture.subjects;
import static dev.autosync.store.json.StoreFixture.torn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.autosync.spi.EventQuery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TornTailTest {
    @TempDir
    Path temp;

    @Test
    void aSegmentCutAtAnyByteKeepsItsWholeEventsAndGoesOn() throws IOException {
        byte[] whole = segmentOfThreeAppends(1);
        List<Integer> ends = lineEnds(whole);
        for (int cut = 0; cut <= whole.length; cut++) {
            int length = cut;
            int survivors = (int) ends.stream().filter(end -> end <= length).count();
            assertCutThenGoesOn(Arrays.copyOf(whole, cut), survivors, survivors == 0 ? 0 : ends.get(survivors - 1));
        }
    }

    @Test
    void aSegmentCutAtAnyByteKeepsWholeAppendsOnly() throws IOException {
        byte[] whole = segmentOfThreeAppends(3);
        List<Integer> ends = lineEnds(whole);
        for (int cut = 0; cut <= whole.length; cut++) {
            int length = cut;
            int survivors = (int) ends.stream().filter(end -> end <= length).count() / 3 * 3;
            assertCutThenGoesOn(Arrays.copyOf(whole, cut), survivors, survivors == 0 ? 0 : ends.get(survivors - 1));
        }
    }

    @Test
    void halfAnAppendWouldBeSeenWithoutTheMarkOfItsBatch() throws IOException {
        byte[] whole = segmentOfThreeAppends(3);
        Path directory = Files.createTempDirectory(temp, "store");
        Files.write(segment(directory, 1), Arrays.copyOf(whole, lineEnds(whole).get(7)));
        try (JsonStore control = JsonStore.open(directory, StoreFixture.LARGE, new Disk(), false); JsonStore store = open(directory)) {
            assertThat(subjects(control)).isEqualTo(expected(8));
            assertThat(subjects(store)).isEqualTo(expected(6));
        }
    }

    @Test
    void anAppendWithHolesIsDroppedWhole() throws IOException {
        byte[] whole = segmentOfThreeAppends(3);
        List<Integer> ends = lineEnds(whole);
        for (int hole = ends.get(5); hole < ends.get(7); hole += 7) {
            byte[] bytes = whole.clone();
            Arrays.fill(bytes, hole, Math.min(hole + 30, ends.get(7)), (byte) 0);
            assertCutThenGoesOn(bytes, 6, ends.get(5));
        }
    }

    @Test
    void aHoleInTheFirstAppendOfASegmentIsDroppedWithIt() throws IOException {
        byte[] bytes = segmentOfThreeAppends(1);
        Arrays.fill(bytes, (byte) 0);
        assertCutThenGoesOn(bytes, 0, 0);
        byte[] batch = Arrays.copyOf(segmentOfThreeAppends(3), lineEnds(segmentOfThreeAppends(3)).get(2));
        Arrays.fill(batch, 0, 20, (byte) 0);
        assertCutThenGoesOn(batch, 0, 0);
    }

    @Test
    void aTornEndBelongsToWhoeverIsWritingUntilTheNextAppend() throws IOException {
        byte[] whole = segmentOfThreeAppends(1);
        Path directory = Files.createTempDirectory(temp, "store");
        Files.write(segment(directory, 1), Arrays.copyOf(whole, whole.length - 5));
        try (JsonStore store = open(directory)) {
            assertThat(subjects(store)).isEqualTo(expected(2));
            assertThat(Files.size(segment(directory, 1))).isEqualTo(whole.length - 5);
            // The other has ended its write: now the event counts, for the same store object too.
            Files.write(segment(directory, 1), whole);
            assertThat(subjects(store)).isEqualTo(expected(3));
            appendEach(store, 3, 1);
            assertThat(subjects(store)).isEqualTo(expected(4));
            assertThat(torn(directory)).isEmpty();
        }
    }

    @Test
    void aSecondTornEndDoesNotReplaceTheFirst() throws IOException {
        Path directory = Files.createTempDirectory(temp, "store");
        for (int i = 0; i < 2; i++) {
            try (JsonStore store = open(directory)) {
                appendEach(store, i, 1);
            }
            Files.writeString(segment(directory, 1), "{\"v\":1,\"torn\":" + i, java.nio.file.StandardOpenOption.APPEND);
        }
        try (JsonStore store = open(directory)) {
            appendEach(store, 2, 1);
            assertThat(subjects(store)).isEqualTo(expected(3));
        }
        assertThat(torn(directory)).hasSize(2);
        assertThat(Files.readString(torn(directory).get(0))).isEqualTo("{\"v\":1,\"torn\":0");
        assertThat(Files.readString(torn(directory).get(1))).isEqualTo("{\"v\":1,\"torn\":1");
    }

    @Test
    void aTornFirstLineOfALaterSegmentLeavesTheEarlierOnes() throws IOException {
        Path directory = Files.createTempDirectory(temp, "store");
        try (JsonStore store = open(directory)) {
            appendEach(store, 0, 3);
        }
        for (String left : List.of("", "{\"v\":1,\"seq\":4,\"cr")) {
            Files.writeString(segment(directory, 2), left);
            try (JsonStore store = open(directory)) {
                assertThat(subjects(store)).isEqualTo(expected(3));
                assertThat(subjects(store, EventQuery.all().after(2))).containsExactly("subject-2");
                assertThat(store.lastToken()).contains(TOKEN);
            }
        }
        try (JsonStore store = open(directory)) {
            assertThat(store.append(TOKEN, events(3, 2))).isEqualTo(5);
        }
        try (JsonStore store = open(directory)) {
            assertThat(subjects(store)).isEqualTo(expected(5));
            assertThat(subjects(store, EventQuery.all().after(4))).containsExactly("subject-4");
        }
        assertThat(torn(directory)).hasSize(1);
    }

    private void assertCutThenGoesOn(byte[] bytes, int survivors, int end) throws IOException {
        Path directory = Files.createTempDirectory(temp, "store");
        Files.write(segment(directory, 1), bytes);
        try (JsonStore store = open(directory)) {
            assertThat(subjects(store)).as("%d bytes", bytes.length).isEqualTo(expected(survivors));
            assertThat(Files.readAllBytes(segment(directory, 1))).as("opening and reading write nothing").isEqualTo(bytes);
            assertThat(store.append(TOKEN, events(survivors, 2))).isEqualTo(survivors + 2);
        }
        try (JsonStore store = open(directory)) {
            assertThat(subjects(store)).isEqualTo(expected(survivors + 2));
        }
        if (end == bytes.length) {
            assertThat(torn(directory)).isEmpty();
        } else {
            assertThat(torn(directory)).hasSize(1);
            assertThat(Files.readAllBytes(torn(directory).get(0))).isEqualTo(Arrays.copyOfRange(bytes, end, bytes.length));
        }
    }

    private byte[] segmentOfThreeAppends(int eventsEach) throws IOException {
        Path directory = Files.createTempDirectory(temp, "store");
        try (JsonStore store = open(directory)) {
            for (int i = 0; i < 3; i++) {
                store.append(TOKEN, events(i * eventsEach, eventsEach));
            }
        }
        return Files.readAllBytes(segment(directory, 1));
    }
}
