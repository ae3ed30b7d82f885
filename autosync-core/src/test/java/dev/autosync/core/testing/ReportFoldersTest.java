package dev.autosync.core.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ReportFoldersTest {
    @TempDir
    Path temp;

    private Path workspace;
    private Path folder;

    @BeforeEach
    void createFolder() throws IOException {
        workspace = Files.createDirectories(temp.resolve("workspace")).toRealPath();
        folder = Files.createDirectories(workspace.resolve("target/reports"));
    }

    @Test
    void takesNewFilesAsFreshAndUnchangedOnesAsStale() throws Exception {
        Path old = Files.writeString(folder.resolve("old.xml"), "<a/>");
        ReportFolders before = before();
        Path fresh = Files.writeString(folder.resolve("new.xml"), "<a/>");
        Files.writeString(folder.resolve("notes.txt"), "no report");

        assertThat(before.after()).isEqualTo(new ReportFolders.Reports(List.of(fresh), List.of(old)));
    }

    @Test
    void findsAFolderThatTheRunMakes() throws Exception {
        ReportFolders before = ReportFolders.before(workspace, List.of("later", "target/reports", "target/../target/reports"), "*.xml");
        Path fresh = Files.writeString(Files.createDirectory(workspace.resolve("later")).resolve("a.xml"), "<a/>");
        Path other = Files.writeString(folder.resolve("b.xml"), "<a/>");

        assertThat(before.after().fresh()).containsExactly(fresh, other);
    }

    @Test
    void seesThatAFileOfEqualSizeAndTimeWasReplaced() throws Exception {
        Path report = Files.writeString(folder.resolve("a.xml"), "<a/>");
        FileTime longAgo = FileTime.from(Instant.now().minus(Duration.ofDays(1)));
        Files.setLastModifiedTime(report, longAgo);
        ReportFolders before = before();
        Path replacement = Files.writeString(folder.resolve("a.tmp"), "<b/>");
        Files.move(replacement, report, StandardCopyOption.REPLACE_EXISTING);
        Files.setLastModifiedTime(report, longAgo);

        assertThat(before.after().fresh()).containsExactly(report);
    }

    @Test
    void seesThatAFileOfEqualSizeAndTimeWasWrittenAgainWhereTimesAreCoarse() throws Exception {
        Path report = Files.writeString(folder.resolve("a.xml"), "<a time='1'/>");
        FileTime now = Files.getLastModifiedTime(report);
        ReportFolders before = before();
        Files.writeString(report, "<a time='2'/>");
        Files.setLastModifiedTime(report, now);

        assertThat(before.after().fresh()).containsExactly(report);
    }

    @Test
    void doesNotTakeAnotherModeForAnotherReport() throws Exception {
        Path report = Files.writeString(folder.resolve("a.xml"), "<a/>");
        ReportFolders before = before();
        assertThat(report.toFile().setWritable(false)).isTrue();

        assertThat(before.after().stale()).containsExactly(report);
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "links need a privilege there")
    void doesNotFollowALinkOutOfTheWorkspace() throws Exception {
        Path outside = Files.createDirectory(temp.resolve("outside"));
        Files.writeString(outside.resolve("a.xml"), "<a/>");
        ReportFolders before = ReportFolders.before(workspace, List.of("target/reports", "linked"), "*.xml");
        Files.createSymbolicLink(workspace.resolve("linked"), outside);
        Files.createSymbolicLink(folder.resolve("b.xml"), outside.resolve("a.xml"));
        Files.createSymbolicLink(folder.resolve("dangling.xml"), workspace.resolve("nowhere"));

        assertThat(before.after()).isEqualTo(new ReportFolders.Reports(List.of(), List.of()));
    }

    private ReportFolders before() throws IOException {
        return ReportFolders.before(workspace, List.of("target/reports"), "*.xml");
    }
}
