package dev.autosync.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.autosync.lock.FencingToken;
import dev.autosync.spi.Event;
import dev.autosync.spi.EventQuery;
import dev.autosync.spi.Store;
import dev.autosync.spi.StoreException;
import dev.autosync.spi.StoredEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What comes of files that were cut or changed behind the store's back. */
abstract class StoreDamageRules extends StoreKillRules {
    private static final long SEED = 20261127;
    private static final int CUTS = 40;
    private static final int CHANGES = 80;

    @Test
    @StoreRule("8.1")
    void givesABeginningOfItsEventsOrAnErrorWhenAFileWasCut() throws IOException {
        assumeTrue(persistent() && findsDamage());
        List<StoredEvent> all = written();
        List<String> files = files();
        Random random = new Random(SEED);
        for (int i = 0; i < CUTS; i++) {
            String file = file(files, i, CUTS);
            byte[] whole = Files.readAllBytes(folder().resolve(file));
            // The first of each file are cut near the end, where an append that was never acknowledged may end.
            int length = i < 2 * files.size() ? whole.length - 1 - i / files.size() : random.nextInt(whole.length);
            assertNothingWrong(all, file, Arrays.copyOf(whole, Math.max(0, length)), "cut to " + length + " of " + whole.length + " bytes, seed " + SEED);
        }
    }

    @Test
    @StoreRule("8.2")
    void givesABeginningOfItsEventsOrAnErrorWhenAByteWasChanged() throws IOException {
        assumeTrue(persistent() && findsDamage());
        List<StoredEvent> all = written();
        List<String> files = files();
        Random random = new Random(SEED);
        for (int i = 0; i < CHANGES; i++) {
            String file = file(files, i, CHANGES);
            byte[] changed = Files.readAllBytes(folder().resolve(file));
            int place = random.nextInt(changed.length);
            int bit = 1 << random.nextInt(8);
            changed[place] ^= (byte) bit;
            assertNothingWrong(all, file, changed, "byte " + place + " changed by " + bit + ", seed " + SEED);
        }
    }

    /** Events of two tokens, appended by the handful; the store is closed. */
    private List<StoredEvent> written() {
        List<Event> events = new ArrayList<>(spread(6, 60));
        events.addAll(20, SampleEvents.hostile(5, 20));
        try (Store store = open()) {
            for (int i = 0; i < events.size(); i += 5) {
                store.append(new FencingToken(1 + i / 50), events.subList(i, i + 5));
            }
            return store.read(EventQuery.all());
        }
    }

    /** All in turns; of more than there are turns some from all over. */
    private static String file(List<String> files, int turn, int turns) {
        return files.get(files.size() <= turns ? turn % files.size() : (int) ((long) turn * files.size() / turns));
    }

    /** Those in which there is something. */
    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.walk(folder())) {
            return files.filter(file -> Files.isRegularFile(file) && file.toFile().length() > 0).map(file -> folder().relativize(file).toString())
                    .sorted().toList();
        }
    }

    /** Opens a copy of the store in which one file is another, reads, appends and reads again. */
    private void assertNothingWrong(List<StoredEvent> all, String file, byte[] content, String what) throws IOException {
        Path copy = Files.createTempDirectory(directory, "damaged");
        for (String each : files()) {
            Path to = copy.resolve(each);
            Files.createDirectories(to.getParent());
            Files.write(to, each.equals(file) ? content : Files.readAllBytes(folder().resolve(each)));
        }
        String which = file + ", " + what;
        try (Store store = open(copy)) {
            List<StoredEvent> found = store.read(EventQuery.all());
            assertTrue(found.size() <= all.size(), () -> which + ": more events than were written: " + found.size());
            assertEquals(all.subList(0, found.size()), found, which);
            if (maintained() && maintenance(store).check().sound()) {
                assertRollsUp(store, found.stream().map(StoredEvent::event).toList(), which + ", found sound");
            }
            FencingToken token = store.lastToken().orElse(TOKEN);
            assertEquals(found.size() + 1, store.append(token, events(0, 1)), which);
            List<StoredEvent> more = new ArrayList<>(found);
            more.addAll(stored(token, found.size() + 1, events(0, 1)));
            assertEquals(more, store.read(EventQuery.all()), which);
        } catch (StoreException e) {
            assertTrue(String.valueOf(e.getMessage()).length() > 20, () -> which + ": an error says what is wrong, this one: " + e.getMessage());
        } catch (InterruptedException e) {
            throw new AssertionError("nobody interrupts this thread", e);
        }
    }
}
