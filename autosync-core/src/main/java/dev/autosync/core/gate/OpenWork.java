package dev.autosync.core.gate;

import dev.autosync.AutoSyncException;
import dev.autosync.ErrorCode;
import dev.autosync.core.journal.Journal;
import dev.autosync.core.journal.Recovery;
import dev.autosync.core.lock.Lease;
import java.util.Optional;

/** What a dead process has left open, for those who have no store. */
final class OpenWork {
    private OpenWork() {}

    /**
     * Puts the workspace right. What an engine has landed and not yet recorded only an engine can record.
     *
     * @param what what the caller is about to do
     */
    static void settle(Journal journal, Lease lease, String what) {
        Recovery recovery = journal.recovery(lease::verify);
        Optional<Recovery.Result> left = recovery.run();
        if (left.isPresent() && !left.get().payload().isEmpty()) {
            throw new AutoSyncException(ErrorCode.ENGINE_MISUSED, "Cannot " + what + ": cycle " + left.get().transaction()
                    + " of an engine has landed in this workspace and is not recorded yet. Open the workspace with SyncEngine once");
        }
        recovery.forget();
    }
}
