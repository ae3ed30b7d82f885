package dev.autosync.testkit;

import dev.autosync.history.Stores;
import dev.autosync.spi.Store;
import java.nio.file.Path;

/** A process of its own that copies a history into one store after the other until it is killed. */
final class CopyProcess {
    private static final int ENOUGH = 1000;

    private CopyProcess() {}

    public static void main(String[] args) throws InterruptedException {
        StoreProcess.say("token 1");
        try (Store from = new FileStore(Path.of(args[1]))) {
            for (int i = 1; i <= ENOUGH; i++) {
                try (Store to = new FileStore(Path.of(args[2], String.valueOf(i)))) {
                    StoreProcess.say("begin");
                    Stores.copy(from, to);
                    StoreProcess.say("end");
                }
            }
        }
    }
}
