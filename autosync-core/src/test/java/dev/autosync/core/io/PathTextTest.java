package dev.autosync.core.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class PathTextTest {
    @TempDir
    Path folder;

    @Property
    void everyNameHasATextOfItsOwn(@ForAll @Size(max = 40) byte[] name) {
        assertThat(PathText.encode(PathText.decode(name))).isEqualTo(name);
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "names that are no text, links and permissions are POSIX")
    void findsAFileAgainWhoseNameIsNotUtf8() throws IOException {
        Path file = PathText.resolve(folder, "a\udce9b \u00e9\u20ac%25");
        Files.writeString(file, "x");
        try (DirectoryStream<Path> children = Files.newDirectoryStream(folder)) {
            Path found = children.iterator().next();
            assertThat(PathText.of(folder, found)).isEqualTo("a\udce9b \u00e9\u20ac%25");
            assertThat(PathText.of(found.getFileName())).isEqualTo("a\udce9b \u00e9\u20ac%25");
            assertThat(Files.readString(PathText.resolve(folder, PathText.of(folder, found)))).isEqualTo("x");
        }
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "names that are no text, links and permissions are POSIX")
    void tellsTheReplacementCharacterFromABadByte() throws IOException {
        Files.writeString(PathText.resolve(folder, "\ufffd"), "a character");
        Files.writeString(PathText.resolve(folder, "\udcff"), "a byte");
        assertThat(Files.readString(PathText.resolve(folder, "\ufffd"))).isEqualTo("a character");
        try (DirectoryStream<Path> children = Files.newDirectoryStream(folder)) {
            assertThat(children).extracting(child -> PathText.of(folder, child)).containsExactlyInAnyOrder("\ufffd", "\udcff");
        }
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "names that are no text, links and permissions are POSIX")
    void refusesASecondSpellingOfAName() {
        assertThatThrownBy(() -> PathText.resolve(folder, "\udcc3\udca9")).isInstanceOf(InvalidPathException.class)
                .hasMessageContaining("second way");
        assertThatThrownBy(() -> PathText.resolve(folder, "\ud800")).isInstanceOf(InvalidPathException.class)
                .hasMessageContaining("half a character");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "names that are no text, links and permissions are POSIX")
    void keepsWhereALinkLeads() throws IOException {
        for (String target : List.of("../x\udcfe", "/x\udcfe/y", "../plain", "\u00e9", "build/", "build//out", "build//out/", "/a//b/c//d/", ".//x", "../",
                "x\udcfe/y", "%2F/ %/")) {
            Path link = Files.createSymbolicLink(folder.resolve("link"), PathText.target(target));
            assertThat(PathText.of(Files.readSymbolicLink(link))).isEqualTo(target);
            Files.delete(link);
            assertThat(PathText.isExact(target)).isTrue();
        }
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "names that are no text, links and permissions are POSIX")
    void saysWhichLinksCannotBeMadeToTheByte() {
        for (String target : List.of("a///b", "//a", "a//", "//", "///", "/a//")) {
            assertThat(PathText.isExact(target)).as(target).isFalse();
            assertThat(Path.of(PathText.target(target).toString())).as("where it leads").isEqualTo(Path.of(target));
        }
        assertThat(PathText.isExact("/")).isTrue();
    }
}
