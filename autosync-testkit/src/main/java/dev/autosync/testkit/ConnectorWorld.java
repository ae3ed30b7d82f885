package dev.autosync.testkit;

import dev.autosync.patch.FileContent;
import dev.autosync.publish.Publication;
import dev.autosync.publish.PublishedChange;
import dev.autosync.spi.Sink;
import dev.autosync.spi.Source;
import dev.autosync.spi.StatusReporter;
import dev.autosync.spi.Trigger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The other side of a connector, as {@link ConnectorContract} makes it, looks at it, and breaks it.
 *
 * <p>Extended by authors of plugins: folders, a repository, a server on the loopback interface. Only what a connector needs must be overridden.
 * Threads: called by the test's thread.
 *
 * @since 0.1.0
 */
public abstract class ConnectorWorld implements AutoCloseable {
    /** The secret that the contract gives to the connector; the other side may ask for it. */
    public static final String SECRET = Canary.SECRET;

    /** For subclasses. */
    protected ConnectorWorld() {}

    /**
     * How the connector is configured to work with this world.
     *
     * @return what {@link MapSettings#of} takes, without secrets
     */
    public abstract Map<String, ?> settings();

    /**
     * Values that the connector cannot work with.
     *
     * @return by key; each is tried alone, in the place of the good one. Empty if there is no setting
     */
    public abstract Map<String, ?> badSettings();

    /**
     * Describes all of the other side that the connector could change.
     *
     * @return by names of the author's choice; the same as long as nothing has changed
     * @throws Exception if it cannot be described
     */
    public abstract Map<String, byte[]> content() throws Exception;

    /**
     * The keys whose values refer to secrets. Each secret is {@link #SECRET}.
     *
     * @return keys of the settings; none unless overridden
     */
    public Set<String> secretKeys() {
        return Set.of();
    }

    /**
     * Puts a patch on the other side, behind those that are there. Must be overridden for a {@link Source}.
     *
     * @param number 1, 2, 3, ...: patches of different numbers differ in id and content
     * @throws Exception if it cannot be put there
     */
    public void addPatch(int number) throws Exception {
        throw new UnsupportedOperationException("override addPatch: the connector is a source");
    }

    /**
     * What a {@link Sink} is to publish. Unless overridden, one file that was created and one that was changed, which are not in the workspace,
     * and two reports, which are.
     *
     * @param workspace the workspace
     * @return the same publication each time; nothing of it is on the other side to begin with
     * @throws Exception if it cannot be made
     */
    public Publication publication(Path workspace) throws Exception {
        Path reports = Files.createDirectories(workspace.resolve(".autosync/reports"));
        List<Path> written = List.of(Files.writeString(reports.resolve("kpi_summary.md"), "# All is well\n"),
                Files.writeString(reports.resolve("test_results.json"), "{\"version\": 1}\n"));
        List<PublishedChange> changes = List.of(PublishedChange.of("a.txt", null, FileContent.of("a\n")),
                PublishedChange.of("b.txt", "0".repeat(64), FileContent.of("b\n")));
        return Publication.of("ab".repeat(32), "cycle-1", "Change 2 files", "Two patches are green.", true, changes, written);
    }

    /**
     * Changes the other side so that the publication can no longer be published.
     *
     * @param publication what is about to be published
     * @return whether it was done; false unless overridden
     * @throws Exception if it failed
     */
    public boolean makeConflict(Publication publication) throws Exception {
        return false;
    }

    /**
     * Makes the other side one that cannot be reached, for good.
     *
     * @return whether it was done; false unless overridden
     * @throws Exception if it failed
     */
    public boolean cutOff() throws Exception {
        return false;
    }

    /**
     * What a {@link Trigger} or a {@link StatusReporter} that is no {@link Sink} works on. One that is a sink is given what it has published.
     *
     * @return a revision that the other side knows
     */
    public String revision() {
        throw new UnsupportedOperationException("override revision: the connector triggers or marks, and publishes nothing");
    }

    /**
     * Describes what lies below a folder, for {@link #content}.
     *
     * @param folder the folder
     * @return files with their bytes, folders with a slash behind their names, links with what they point to; empty if it is not there
     * @throws IOException if it cannot be read
     */
    protected static Map<String, byte[]> files(Path folder) throws IOException {
        return FolderImage.of(folder);
    }

    /**
     * Ends what was started. Called once, at the end of each test.
     *
     * @throws Exception if it failed
     */
    @Override
    public void close() throws Exception {}
}
