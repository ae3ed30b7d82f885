package dev.autosync.store.sqlite;

import static dev.autosync.store.sqlite.StoreFixture.TOKEN;
import static dev.autosync.store.sqlite.StoreFixture.assertRefused;
import static dev.autosync.store.sqlite.StoreFixture.database;
import static dev.autosync.store.sqlite.StoreFixture.events;
import static dev.autosync.store.sqlite.StoreFixture.fill;
import static dev.autosync.store.sqlite.StoreFixture.open;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autosync.AutoSyncException;
import dev.autosync.ErrorCode;
import dev.autosync.spi.EventQuery;
import dev.autosync.spi.Store;
import dev.autosync.spi.StoreFactory;
import dev.autosync.testkit.MapSettings;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpeningTest {
    @TempDir
    Path temp;

    @Test
    void isProvidedOnTheClassPathAndOnTheModulePath() throws Exception {
        String services = "/META-INF/services/" + StoreFactory.class.getName();
        try (InputStream in = SqliteStoreFactory.class.getResourceAsStream(services)) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(SqliteStoreFactory.class.getName() + "\n");
        }
        Module module = SqliteStoreFactory.class.getModule();
        assertThat(module.getDescriptor().provides()).singleElement().satisfies(provides -> {
            assertThat(provides.service()).isEqualTo(StoreFactory.class.getName());
            assertThat(provides.providers()).containsExactly(SqliteStoreFactory.class.getName());
        });
        assertThat(new SqliteStoreFactory().name()).isEqualTo("sqlite");
    }

    @Test
    void asksForAllItsSettingsAndRefusesASenselessOne() {
        MapSettings settings = MapSettings.of(Map.of("busyTimeout", "PT1S"));
        new SqliteStoreFactory().open(temp, settings).close();
        assertThat(settings.neverAskedFor()).isEmpty();
        assertThatThrownBy(() -> new SqliteStoreFactory().open(temp, MapSettings.of(Map.of("busyTimeout", "soon"))))
                .isInstanceOf(AutoSyncException.class);
    }

    @Test
    void makesNothingUntilTheFirstAppendAndThenNothingElse() throws Exception {
        Path directory = temp.resolve("a/b/store");
        try (Store store = open(directory)) {
            assertThat(store.append(TOKEN, List.of())).isZero();
            assertThat(store.read(EventQuery.all().latest(1))).isEmpty();
            assertThat(temp).isEmptyDirectory();
            store.append(TOKEN, events(0, 1));
        }
        try (var files = Files.list(directory)) {
            assertThat(files).as("closing tidies up").containsExactly(database(directory));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "what?", "what?mode=memory&cache=shared", "100%41", "a#b", "\u00e4\u65e5", "a'b", "file:x", ":memory:", "a;b", " x ", "[x]"})
    void opensTheFolderThatItWasGivenWhateverItsName(String name) {
        Path directory = temp.resolve(name);
        assertThat(fill(directory, 3)).hasSize(3);
        assertThat(database(directory)).isRegularFile();
        try (Store store = open(directory)) {
            assertThat(store.read(EventQuery.all())).hasSize(3);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "fuse.rclone", "9p", "NFS", "afpfs", "webdav"})
    void refusesNetworkFileSystemsWithAnExplanation(String type) {
        assertRefused(ErrorCode.STORE_FAILED, () -> openOn(type)).withMessageContaining("network file system (" + type + ")")
                .withMessageContaining("Use the json store");
        assertThat(temp).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ext4", "xfs", "btrfs", "apfs", "NTFS", "tmpfs", "overlay", "zfs", "fuseblk", "ext2/ext3"})
    void takesLocalFileSystems(String type) {
        try (Store store = openOn(type)) {
            assertThat(store.append(TOKEN, events(0, 1))).isEqualTo(1);
        }
    }

    private Store openOn(String type) {
        Path directory = temp.resolve("not/there/yet");
        return SqliteStore.open(directory, Duration.ofSeconds(1), existing -> {
            assertThat(existing).as("asks about a folder that exists").isDirectory();
            return type;
        }, Schema.CURRENT);
    }

    @Test
    void aFileInPlaceOfTheFolderIsRefused() throws Exception {
        Path file = Files.writeString(temp.resolve("file"), "x");
        assertRefused(ErrorCode.STORE_FAILED, () -> open(file));
        assertThat(file).hasContent("x");
    }

    @Test
    void saysWhyItCannotWriteToAReadOnlyFolder() throws Exception {
        Path directory = Files.createDirectory(temp.resolve("store"));
        try (ReadOnly folder = ReadOnly.of(directory); Store store = open(directory)) {
            assertThat(store.read(EventQuery.all())).isEmpty();
            assertRefused(ErrorCode.STORE_FAILED, () -> store.append(TOKEN, events(0, 1))).withMessageContaining("store.db");
            assertThat(folder.directory()).isEmptyDirectory();
        }
        try (Store store = open(directory)) {
            assertThat(store.append(TOKEN, events(0, 1))).isEqualTo(1);
        }
    }

    @Test
    void saysWhyItCannotReadInAReadOnlyFolder() throws Exception {
        Path directory = temp.resolve("store");
        fill(directory, 3);
        byte[] before = Files.readAllBytes(database(directory));
        try (ReadOnly folder = ReadOnly.of(directory)) {
            assertRefused(ErrorCode.STORE_FAILED, () -> open(folder.directory())).withMessageContaining("to make new ones, even to read");
        }
        assertThat(Files.readAllBytes(database(directory))).isEqualTo(before);
        try (Store store = open(directory)) {
            assertThat(store.read(EventQuery.all())).hasSize(3);
        }
    }

    /** The driver looks for its library once in a process, and may swallow the interrupt of the thread that makes it do so. */
    @Test
    void keepsTheInterruptsOfTheThreadsThatUseItFirst() throws Exception {
        for (int i = 0; i < 4; i++) {
            try (Child child = Child.start(temp.resolve("errors"), List.of(), InterruptedAppenders.class, temp.resolve("store-" + i))) {
                assertThat(child.line()).as("interrupted of %d: %s", InterruptedAppenders.THREADS, child.errors())
                        .isEqualTo(String.valueOf(InterruptedAppenders.THREADS));
            }
        }
    }

    @Test
    void saysWhatToDoWhenTheNativeLibraryCannotBeUnpacked() throws Exception {
        Path store = temp.resolve("store");
        try (Child child = Child.start(temp.resolve("errors"), List.of("-Dorg.sqlite.tmpdir=" + temp.resolve("not-there")), Loader.class, store)) {
            assertThat(child.line()).startsWith("STORE_FAILED Cannot ").contains("native library").contains("org.sqlite.tmpdir");
            assertThat(child.line()).as("the second time").startsWith("STORE_FAILED Cannot ").contains("org.sqlite.tmpdir");
            assertThat(child.exit()).isZero();
        }
        assertThat(store).isEmptyDirectory();
    }

    @Test
    void unpacksTheNativeLibraryWhereItIsTold() throws Exception {
        Path unpacked = Files.createDirectory(temp.resolve("unpacked"));
        Path store = temp.resolve("store");
        try (Child child = Child.start(temp.resolve("errors"), List.of("-Dorg.sqlite.tmpdir=" + unpacked), Loader.class, store)) {
            assertThat(child.line()).isEqualTo("1");
            assertThat(child.line()).isEqualTo("2");
            assertThat(child.exit()).isZero();
        }
        assertThat(unpacked).as("and takes it away at its end").isEmptyDirectory();
    }
}
