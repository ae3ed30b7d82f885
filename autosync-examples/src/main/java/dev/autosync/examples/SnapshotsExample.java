package dev.autosync.examples;

import dev.autosync.snapshot.KeptSnapshot;
import dev.autosync.snapshot.RestorePlan;
import dev.autosync.snapshot.RestoreResult;
import dev.autosync.snapshot.Snapshots;
import java.nio.file.Path;
import java.util.List;

/** Going back to what a workspace held earlier. */
final class SnapshotsExample {
    private SnapshotsExample() {}

    static RestoreResult goBack(Path workspace) throws InterruptedException {
        // @start region="restore"
        Snapshots snapshots = Snapshots.of(workspace); // of an engine: engine.snapshots()
        List<KeptSnapshot> kept = snapshots.list(); // oldest first
        RestorePlan plan = snapshots.preview(kept.get(0).id()); // every path, what it holds and what it will hold
        plan.changes().forEach(System.out::println);
        plan.left().forEach(left -> System.out.println("stays: " + left));
        RestoreResult done = snapshots.restore(plan); // all or nothing, exactly as planned, or AS-1305
        System.out.println("to undo it restore " + done.before().id());
        // @end
        return done;
    }
}
