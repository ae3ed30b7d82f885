package dev.autosync.examples.dropbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autosync.publish.Publication;
import dev.autosync.publish.PublicationOutcome;
import dev.autosync.publish.PublicationOutcome.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutboxTest {
    private static final String KEY = "0123456789abcdef".repeat(4);

    @TempDir
    Path folder;
    private Path reports;
    private Outbox outbox;

    @BeforeEach
    void makeFolders() throws IOException {
        reports = Files.createDirectory(folder.resolve("reports"));
        outbox = new Outbox(Files.createDirectory(folder.resolve("outbox")));
    }

    @Test
    void dropsTheReportsOfEachCycleIntoAFolderOfItsOwn() throws IOException {
        publish("cycle-1", "report.md", "first");
        PublicationOutcome outcome = publish("cycle-2", "report.md", "second");
        assertThat(outcome.kind()).isEqualTo(Kind.APPLIED);
        assertThat(outbox.folder().resolve("cycle-1/report.md")).hasContent("first");
        assertThat(outbox.folder().resolve("cycle-2/report.md")).hasContent("second");
        assertThat(names(outbox.folder())).containsExactly("cycle-1", "cycle-2");
    }

    @Test
    void hasNothingToDoWithoutReports() throws IOException {
        assertThat(outbox.plan(publication("cycle-1")).steps()).isEmpty();
    }

    @Test
    void aReportThatCannotBeReadLeavesNothingBehind() throws IOException {
        Outbox.Drop plan = outbox.plan(publication("cycle-1", report("a.md", "a"), reports.resolve("b.md")));
        assertThatThrownBy(() -> outbox.publish(plan, KEY)).isInstanceOf(NoSuchFileException.class);
        assertThat(names(outbox.folder())).isEmpty();
    }

    @Test
    void goesOnWhereADeadProcessStopped() throws IOException {
        Path hidden = Files.createDirectory(outbox.folder().resolve("." + KEY + ".tmp"));
        Files.writeString(hidden.resolve("half"), "");
        publish("cycle-1", "report.md", "text");
        assertThat(names(outbox.folder())).containsExactly("cycle-1");
        assertThat(names(outbox.folder().resolve("cycle-1"))).containsExactly("report.md");
    }

    @Test
    void writesThroughNoLink() throws IOException {
        Path outside = Files.createDirectory(folder.resolve("outside"));
        Path kept = Files.writeString(outside.resolve("kept"), "kept");
        Files.createSymbolicLink(outbox.folder().resolve("cycle-1"), outside);
        assertThat(publish("cycle-1", "report.md", "text").kind()).isEqualTo(Kind.CONFLICT);

        Files.createSymbolicLink(outbox.folder().resolve("." + KEY + ".tmp"), outside);
        assertThat(publish("cycle-2", "report.md", "text").kind()).isEqualTo(Kind.APPLIED);

        Files.createSymbolicLink(Files.createDirectory(outbox.folder().resolve("cycle-3")).resolve("report.md"), kept);
        assertThat(publish("cycle-3", "report.md", "kept").kind()).isEqualTo(Kind.CONFLICT);

        assertThat(names(outside)).containsExactly("kept");
        assertThat(kept).hasContent("kept");
        assertThat(outbox.folder().resolve("cycle-2")).isDirectory();
    }

    @Test
    void copiesNoReportThatIsALink() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), "secret");
        Path link = Files.createSymbolicLink(reports.resolve("report.md"), secret);
        outbox.publish(outbox.plan(publication("cycle-1", link)), KEY);
        assertThat(Files.isSymbolicLink(outbox.folder().resolve("cycle-1/report.md"))).isTrue();
    }

    private PublicationOutcome publish(String cycle, String name, String text) throws IOException {
        return outbox.publish(outbox.plan(publication(cycle, report(name, text))), KEY);
    }

    private Path report(String name, String text) throws IOException {
        return Files.writeString(reports.resolve(name), text);
    }

    private static Publication publication(String cycle, Path... reports) {
        return Publication.of("ab".repeat(32), cycle, "title", "", false, List.of(), List.of(reports));
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return new ArrayList<>(files.map(file -> file.getFileName().toString()).sorted().toList());
        }
    }
}
