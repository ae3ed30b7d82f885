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

        assertThat(before.after()).isEqualTo(new ReportFolders.Reports(List.of(fresh), List.of(old), List.of()));
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
        FileTime earlier = FileTime.from(Instant.now().minusSeconds(20));
        Files.setLastModifiedTime(report, earlier);
        ReportFolders before = before();
        Path replacement = Files.writeString(folder.resolve("a.tmp"), "<b/>");
        Files.move(replacement, report, StandardCopyOption.REPLACE_EXISTING);
        Files.setLastModifiedTime(report, earlier);

        assertThat(before.after().fresh()).containsExactly(report);
    }

    @Test
    void takesAFileThatCameWithATimeLongBeforeTheRunAsStale() throws Exception {
        Path kept = Files.writeString(workspace.resolve("kept.xml"), "<a/>");
        Files.setLastModifiedTime(kept, FileTime.from(Instant.now().minus(Duration.ofMinutes(2))));
        Path there = Files.writeString(folder.resolve("there.xml"), "<b/>");
        ReportFolders before = before();
        Path copied = Files.copy(kept, folder.resolve("copied.xml"), StandardCopyOption.COPY_ATTRIBUTES);
        Files.copy(kept, there, StandardCopyOption.COPY_ATTRIBUTES, StandardCopyOption.REPLACE_EXISTING);
        Path now = Files.copy(kept, folder.resolve("now.xml"));

        assertThat(before.after().stale()).containsExactly(copied, there);
        assertThat(before.after().fresh()).as("a copy with the time of the copying").containsExactly(now);
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
    void doesNotFollowALinkOutOfTheWorkspaceAndDoesNotPassOverItEither() throws Exception {
        Path outside = Files.createDirectory(temp.resolve("outside"));
        Files.writeString(outside.resolve("a.xml"), "<a/>");
        Path old = Files.createSymbolicLink(folder.resolve("old.xml"), workspace.resolve("nowhere"));
        ReportFolders before = ReportFolders.before(workspace, List.of("target/reports", "linked"), "*.xml");
        Files.createSymbolicLink(workspace.resolve("linked"), outside);
        Path out = Files.createSymbolicLink(folder.resolve("b.xml"), outside.resolve("a.xml"));
        Path dangling = Files.createSymbolicLink(folder.resolve("dangling.xml"), workspace.resolve("nowhere"));
        Path report = Files.writeString(folder.resolve("r.xml"), "<a/>");

        assertThat(before.after()).isEqualTo(new ReportFolders.Reports(List.of(out, dangling, report), List.of(old),
                List.of("linked cannot be looked at: it leads out of the workspace")));
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "links need a privilege there")
    void readsEveryReportBesideALinkThatLeadsNowhereAndCallsThatOneBroken() throws Exception {
        ReportPlaces.Before before = ReportPlaces.NONE.and(new JUnitXmlReports(), "target/reports").before(workspace);
        ResultSet results = new ResultSet();
        for (int i = 0; i < 20; i++) {
            Files.writeString(folder.resolve(i + ".xml"), "<testsuite><testcase name='t" + i + "'/></testsuite>");
        }
        Files.createSymbolicLink(folder.resolve("link.xml"), workspace.resolve("nowhere"));

        assertThat(before.read(results).broken()).singleElement().asString().startsWith("link.xml cannot be read");
        assertThat(results.list()).hasSize(20);
    }

    @Test
    void saysOfAFolderWithTooManyFilesThatTheyAreNotKnown() throws Exception {
        Files.writeString(folder.resolve("a.xml"), "<a/>");
        Path other = Files.writeString(folder.resolve("b.xml"), "<a/>");
        ReportFolders before = ReportFolders.before(workspace, List.of("target/reports"), "*.xml", 1);
        Files.delete(other);

        assertThat(before.after().problems()).containsExactly("target/reports cannot be looked at: there are more than 1 files");
    }

    @Test
    void saysOfAFolderThatIsNoneThatItCannotBeLookedAt() throws Exception {
        Files.writeString(workspace.resolve("report.xml"), "<a/>");

        assertThat(ReportFolders.before(workspace, List.of("report.xml"), "*.xml").after().problems()).singleElement().asString()
                .startsWith("report.xml cannot be looked at");
    }

    private ReportFolders before() throws IOException {
        return ReportFolders.before(workspace, List.of("target/reports"), "*.xml");
    }
}
