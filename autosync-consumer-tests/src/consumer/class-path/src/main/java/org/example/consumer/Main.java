package org.example.consumer;

import dev.autosync.SyncEngine;
import dev.autosync.SyncReport;
import dev.autosync.history.Stores;
import dev.autosync.spi.EventQuery;
import dev.autosync.spi.Store;
import dev.autosync.spi.StoredEvent;
import java.nio.file.Path;

/** One cycle, as the README shows it; and what is in the history then. */
public final class Main {
    private Main() {}

    public static void main(String[] args) throws InterruptedException {
        Path workspace = Path.of(args[0]);
        System.out.println("AutoSync is in " + SyncEngine.class.getModule());
        // ten lines
        try (SyncEngine engine = SyncEngine.open(workspace)) { // reads autosync/core_config.json
            SyncReport report = engine.sync(); // one cycle
            System.out.println(report.summary());
        }
        // end
        try (Store history = Stores.open(workspace, "json")) {
            for (StoredEvent stored : history.read(EventQuery.all())) {
                System.out.println("event " + stored.event().kind() + " " + stored.event().subject());
            }
        }
    }
}
