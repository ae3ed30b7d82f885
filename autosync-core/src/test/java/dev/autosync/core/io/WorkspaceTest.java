package dev.autosync.core.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autosync.AutoSyncException;
import dev.autosync.ErrorCode;
import dev.autosync.spi.PathRefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkspaceTest {
    @TempDir
    Path outside;

    private Path root;
    private Workspace workspace;

    @BeforeEach
    void layOut() throws IOException {
        root = Files.createDirectory(outside.resolve("workspace"));
        Files.createDirectories(root.resolve("a/b"));
        Files.writeString(root.resolve("file.txt"), "x");
        Files.createSymbolicLink(root.resolve("link"), outside);
        Files.createSymbolicLink(root.resolve("a/filelink"), root.resolve("file.txt"));
        workspace = Workspace.at(root);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/etc/passwd", "../x", "a/../x", "a/../../x", "./x", "a//x", "a/", "a/.", "link/x", "link", "a/filelink",
            ".git/config", ".GIT/config", ".git./config", ".git /config", "a/.git/hooks/pre-commit", ".g\u200cit/config", "GIT~1/config",
            ".git::$INDEX_ALLOCATION/config", ".autosync/journal", ".AutoSync/lock", "a/b", "file.txt/x", "a\u0000b", "a\nb", "a\u001bb"})
    void refusesWhatAPatchMayNotTouch(String path) {
        assertThatThrownBy(() -> workspace.resolve(path)).isInstanceOf(PathRefusedException.class)
                .extracting(e -> ((AutoSyncException) e).code()).isEqualTo(ErrorCode.PATCH_PATH_REFUSED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"file.txt", "new.txt", "a/b/new/deep.txt", ".gitignore", ".github/workflows/ci.yml", "a/.gitattributes",
            "git", "\u00e9.txt", "a/..b", "a b.txt"})
    void resolvesFilesBelowTheRoot(String path) {
        assertThat(workspace.resolve(path)).startsWithRaw(workspace.root());
        assertThat(workspace.relative(workspace.resolve(path))).isEqualTo(path);
    }

    @Test
    void namesTheLinkThatAPathLeadsThrough() {
        assertThatThrownBy(() -> workspace.resolve("link/x")).hasMessageContaining("through the symbolic link link");
        assertThatThrownBy(() -> workspace.resolve("a/filelink")).hasMessageContaining("it is a symbolic link");
        assertThatThrownBy(() -> workspace.resolveFolder("link")).hasMessageContaining("it is a symbolic link");
        assertThatThrownBy(() -> workspace.resolve("file.txt/x")).hasMessageContaining("file.txt is not a folder");
    }

    @Test
    void refusesNamesThatAreTooLong() {
        assertThatThrownBy(() -> workspace.resolve("x".repeat(256))).isInstanceOf(PathRefusedException.class);
        assertThatThrownBy(() -> workspace.resolve("x/".repeat(2100) + "x")).isInstanceOf(PathRefusedException.class);
    }

    @Test
    void showsControlCharactersOfARefusedPathAsEscapes() {
        assertThatThrownBy(() -> workspace.resolve("a\u001b[2J")).hasMessageNotContaining("\u001b");
    }

    @Test
    void refusesAStateFolderThatIsALink() throws IOException {
        Files.createSymbolicLink(root.resolve(".autosync"), outside);

        assertThatThrownBy(workspace::createState).isInstanceOf(AutoSyncException.class).hasMessageContaining("not a folder");
        assertThat(Files.exists(outside.resolve(".gitignore"))).isFalse();
    }

    @Test
    void refusesFoldersOfItsOwnThatAreLinks() throws IOException {
        workspace.createState();
        Files.createSymbolicLink(root.resolve(".autosync/reports"), outside);

        assertThatThrownBy(() -> workspace.createStateFolder("reports")).isInstanceOf(AutoSyncException.class);
    }

    @Test
    void saysThatAMissingFolderIsMissing() {
        assertThatThrownBy(() -> Workspace.at(outside.resolve("nowhere"))).hasMessageContaining("does not exist");
        assertThatThrownBy(() -> Workspace.at(root.resolve("file.txt"))).hasMessageContaining("not a folder");
    }
}
