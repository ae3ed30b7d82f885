package dev.autosync.core.journal;

import dev.autosync.AutoSyncException;
import dev.autosync.ErrorCode;
import dev.autosync.core.io.AppendLog;
import dev.autosync.core.io.AtomicFile;
import dev.autosync.core.io.FilePort;
import dev.autosync.core.io.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * The log that makes changes to a workspace all or nothing. It holds what each path held before a transaction and what it may hold in
 * it, so that whoever opens the workspace after a crash can finish or undo.
 *
 * <p>Two forced writes a transaction, however many files: before the first change, and at its end. When the workspace's files are
 * durable themselves, the log is emptied. Only the holder of the workspace may use it; for one thread at a time.
 */
public final class Journal {
    /** A larger journal is not ours: no batch that is allowed needs as much. */
    private static final long MAX_BYTES = 1 << 30;

    private final Workspace workspace;
    private final FilePort files;
    private final Supplier<String> bootId;
    private final long maxBytes;

    /**
     * The journal of a workspace.
     *
     * @param bootId what tells this boot of the machine from every other; empty if nothing does
     */
    public Journal(Workspace workspace, FilePort files, Supplier<String> bootId) {
        this(workspace, files, bootId, MAX_BYTES);
    }

    Journal(Workspace workspace, FilePort files, Supplier<String> bootId, long maxBytes) {
        this.workspace = workspace;
        this.files = files;
        this.bootId = bootId;
        this.maxBytes = maxBytes;
    }

    /**
     * Begins a transaction. The journal must be empty, which {@link Recovery} sees to.
     *
     * @param name the transaction's name, which its temporary files carry: letters, digits and hyphens
     * @param fence sees that the workspace is still held
     */
    public Transaction begin(String name, Fence fence) {
        try {
            boolean fresh = Files.notExists(path(), LinkOption.NOFOLLOW_LINKS);
            AppendLog log = files.openLog(path());
            if (fresh) {
                // A journal whose own name is lost in a power cut cannot undo anything.
                files.forceFolder(workspace.root().resolve(Workspace.STATE_FOLDER));
                files.forceFolder(workspace.root());
            }
            if (log.length() != 0) {
                log.close();
                throw new AutoSyncException(ErrorCode.INTERNAL, "The journal " + path() + " is not empty: recovery was left out");
            }
            return new Transaction(workspace, files, this, log, new JournalWriter(log, name, bootId.get(), maxBytes), name, fence);
        } catch (IOException e) {
            throw new AutoSyncException(ErrorCode.WORKSPACE_IO,
                    "Cannot open the journal " + path() + ": " + e + ". Check permissions and space", e);
        }
    }

    /**
     * What a dead process may have left behind.
     *
     * @param fence sees that the workspace is still held
     */
    public Recovery recovery(Fence fence) {
        return new Recovery(workspace, files, this, bootId.get(), fence);
    }

    /** Whether there is anything to recover; cheap. */
    public boolean empty() {
        return path().toFile().length() == 0;
    }

    byte[] read() throws IOException {
        return files.read(path(), maxBytes).map(image -> image.bytes()).orElse(new byte[0]);
    }

    /**
     * Puts an empty file in the place of the journal. A process that was taken for dead may have the old one open, and write to it when it goes on
     * after all: that leads nowhere then. So does a file of which a force has failed.
     */
    void clear() throws IOException {
        AtomicFile.write(files, path(), new byte[0]);
        files.forceFolder(workspace.root().resolve(Workspace.STATE_FOLDER));
    }

    /** Says that files may not be on the disk although they seem to be. */
    void doubt(IOException because) {
        try (AppendLog log = files.openLog(path())) {
            // Not forced: after a reboot they show what they are.
            log.append(Frame.of(Frame.Type.DOUBT).encode());
        } catch (IOException e) {
            because.addSuppressed(e);
        }
    }

    Path path() {
        return workspace.state("journal");
    }
}
