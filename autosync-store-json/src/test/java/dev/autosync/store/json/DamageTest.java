package dev.autosync.store.json;

import static dev.autosync.store.json.StoreFixture.TOKEN;
import static dev.autosync.store.json.StoreFixture.appendEach;
import static dev.autosync.store.json.StoreFixture.events;
import static dev.autosync.store.json.StoreFixture.expected;
import static dev.autosync.store.json.StoreFixture.lineEnds;
import static dev.autosync.store.json.StoreFixture.open;
import static dev.autosync.store.json.StoreFixture.segment;
import static dev.autosync.store.json.StoreFixture.subjects;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.autosync.ErrorCode;
import dev.autosync.spi.Event;
import dev.autosync.spi.EventQuery;
import dev.autosync.spi.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DamageTest {
    @TempDir
    Path directory;
    private byte[] whole;
    private List<Integer> ends;

    @BeforeEach
    void threeEvents() throws IOException {
        try (JsonStore store = open(directory)) {
            appendEach(store, 0, 3);
        }
        whole = Files.readAllBytes(segment(directory, 1));
        ends = lineEnds(whole);
    }

    @Test
    void aSegmentThatIsALinkOrNoFileIsNeitherReadNorWritten(@TempDir Path elsewhere) throws IOException {
        Path outside = Files.write(elsewhere.resolve("outside"), whole);
        Files.delete(segment(directory, 1));
        Files.createSymbolicLink(segment(directory, 1), outside);
        assertRefused();
        assertThat(Files.readAllBytes(outside)).isEqualTo(whole);

        Files.delete(outside);
        Files.createFile(outside);
        assertRefused();
        assertThat(outside).isEmptyFile();

        Files.delete(segment(directory, 1));
        Files.createDirectory(segment(directory, 1));
        assertRefused();
    }

    private void assertRefused() {
        assertThatThrownBy(() -> {
            try (JsonStore store = open(directory)) {
                store.append(TOKEN, events(0, 1));
            }
        }).hasMessageContaining("no regular file").extracting(e -> ((StoreException) e).code()).isEqualTo(ErrorCode.STORE_FAILED);
    }

    @Test
    void everyFlippedBitOfAMiddleEventIsFoundAndNamed() throws IOException {
        for (int bit = 8 * ends.get(0); bit < 8 * ends.get(1); bit++) {
            byte[] flipped = whole.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            Files.write(segment(directory, 1), flipped);
            try (JsonStore store = open(directory)) {
                assertDamaged(store, "events-000001.jsonl:2: ");
            }
            assertThat(Files.readAllBytes(segment(directory, 1))).as("a damaged segment stays as it is").isEqualTo(flipped);
        }
    }

    @Test
    void everyFlippedBitOfTheLastEventIsFoundOrHarmless() throws IOException {
        for (int bit = 8 * ends.get(1); bit < 8 * ends.get(2); bit++) {
            byte[] flipped = whole.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            Files.write(segment(directory, 1), flipped);
            try (JsonStore store = open(directory)) {
                assertDamaged(store, "events-000001.jsonl:3: ");
            }
        }
    }

    @Test
    void aLineThatIsMissingIsFound() throws IOException {
        byte[] without = Arrays.copyOf(whole, whole.length - (ends.get(1) - ends.get(0)));
        System.arraycopy(whole, ends.get(1), without, ends.get(0), whole.length - ends.get(1));
        Files.write(segment(directory, 1), without);
        try (JsonStore store = open(directory)) {
            assertDamaged(store, "events-000001.jsonl:2: event 2 is missing");
        }
    }

    @Test
    void aHoleInFrontOfAnotherAppendIsDamage() throws IOException {
        Arrays.fill(whole, ends.get(0), ends.get(0) + 20, (byte) 0);
        Files.write(segment(directory, 1), whole);
        try (JsonStore store = open(directory)) {
            assertDamaged(store, "events-000001.jsonl:2: ");
        }
    }

    @Test
    void damageInAnEarlierSegmentIsFoundByTheReadThatMeetsItAndThenByAppends() throws IOException {
        try (JsonStore store = JsonStore.open(directory, 1, new Disk(), true)) {
            appendEach(store, 3, 2);
        }
        whole[ends.get(0) + 60] ^= 1;
        Files.write(segment(directory, 1), whole);
        try (JsonStore store = open(directory)) {
            assertThat(subjects(store, EventQuery.all().after(3))).containsExactly("subject-3", "subject-4");
            assertDamaged(store, "events-000001.jsonl:2: ");
        }
    }

    @Test
    void aSegmentThatIsMissingIsFound() throws IOException {
        try (JsonStore store = JsonStore.open(directory, 1, new Disk(), true)) {
            appendEach(store, 3, 2);
        }
        Files.delete(segment(directory, 2));
        try (JsonStore store = open(directory)) {
            assertThat(subjects(store, EventQuery.all().limit(3))).isEqualTo(expected(3));
            assertThatThrownBy(() -> subjects(store)).hasMessageContaining("events-000003.jsonl:1: event 4 is missing");
        }
    }

    @Test
    void eventsThatVanishUnderAnOpenStoreAreNotReplaced() throws IOException {
        try (JsonStore store = open(directory)) {
            Files.write(segment(directory, 1), Arrays.copyOf(whole, ends.get(1)));
            assertDamaged(store, "the file has become shorter");
        }
        try (JsonStore store = open(directory)) {
            Files.delete(segment(directory, 1));
            assertThatThrownBy(() -> store.append(TOKEN, events(2, 1))).isInstanceOf(StoreException.class)
                    .hasMessageContaining("are gone");
        }
    }

    @Test
    void aFileThatIsNotOursIsRefusedAndStaysAsItIs() throws IOException {
        for (String text : List.of("hello\nworld\n", "hello", "\n", "{\"a\":1}\n", "{\"v\":1,\"seq\":1,\"crc\":\"00000000\",\"k\":\"a\"}\n",
                "{\"v\":1,\"seq\":1,\"crc\":\"b7ac421a\",\"k\":\"a\"}\n", "{\"v\":1,\"sex\":")) {
            Files.writeString(segment(directory, 1), text);
            StoreException thrown = catchThrowableOfType(StoreException.class, () -> open(directory));
            assertThat(thrown).as(text).isNotNull();
            assertThat(thrown.code()).isEqualTo(ErrorCode.STORE_DAMAGED);
            assertThat(thrown).hasMessageContaining("events-000001.jsonl");
            assertThat(segment(directory, 1)).hasContent(text);
        }
    }

    @Test
    void whatANewerVersionWroteIsRefusedAndStaysAsItIs() throws IOException {
        String newer = new String(whole, UTF_8) + "{\"v\":2,\"seq\":4,\"anything\":true}\n";
        Files.writeString(segment(directory, 1), newer);
        assertThatThrownBy(() -> open(directory)).isInstanceOf(StoreException.class)
                .hasMessageContaining("events-000001.jsonl:4: a newer version of AutoSync wrote the line")
                .extracting(e -> ((StoreException) e).code()).isEqualTo(ErrorCode.STORE_VERSION);
        assertThat(segment(directory, 1)).hasContent(newer);
    }

    @Test
    void aSpaceOfTheLastAppendThatOneBitMadeNulIsDamageAndNoHole() throws IOException {
        try (JsonStore store = open(directory)) {
            store.append(TOKEN, List.of(Event.of("c", "k", "a b", Instant.EPOCH, Map.of(), "{}"), events(4, 1).get(0)));
        }
        byte[] bytes = Files.readAllBytes(segment(directory, 1));
        bytes[new String(bytes, UTF_8).indexOf("a b") + 1] = 0;
        Files.write(segment(directory, 1), bytes);
        try (JsonStore store = open(directory)) {
            assertDamaged(store, "events-000001.jsonl:4: ");
        }
    }

    @Test
    void aFolderThatIsAFileCannotBeOpened() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "text");
        assertThatThrownBy(() -> open(file)).isInstanceOf(StoreException.class)
                .extracting(e -> ((StoreException) e).code()).isEqualTo(ErrorCode.STORE_FAILED);
    }

    private static void assertDamaged(JsonStore store, String place) {
        assertThat(subjects(store, EventQuery.all().limit(1))).isEqualTo(expected(1));
        assertThatThrownBy(() -> store.read(EventQuery.all())).isInstanceOf(StoreException.class).hasMessageContaining(place)
                .extracting(e -> ((StoreException) e).code()).isEqualTo(ErrorCode.STORE_DAMAGED);
        assertThatThrownBy(() -> store.append(TOKEN, events(9, 1))).isInstanceOf(StoreException.class).hasMessageContaining(place)
                .extracting(e -> ((StoreException) e).code()).isEqualTo(ErrorCode.STORE_DAMAGED);
    }
}
