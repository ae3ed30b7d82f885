package dev.autosync.core.gate;

import dev.autosync.core.io.Image;
import dev.autosync.core.snapshot.Snapshot;
import java.io.IOException;
import java.util.Optional;

/** What paths held when a snapshot was taken, as far as somebody has kept it. */
interface EarlierContent {
    /** What a path held; empty if it was not kept. */
    Optional<Image> of(Snapshot snapshot, String path) throws IOException;
}
