package org.example.plugin;

import dev.autosync.AutoSyncException;
import dev.autosync.SyncEngine;
import java.nio.file.Path;

/** What compiles against the API compiles without the engine, and is told what is missing when it needs it. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        try (SyncEngine engine = SyncEngine.open(Path.of(args[0]))) {
            System.out.println("opened " + engine);
        } catch (AutoSyncException e) {
            System.out.println(e.getMessage());
        }
    }
}
