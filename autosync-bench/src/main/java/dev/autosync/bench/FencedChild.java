package dev.autosync.bench;

import dev.autosync.ErrorCode;
import dev.autosync.history.Stores;
import dev.autosync.lock.FencingToken;
import dev.autosync.spi.Event;
import dev.autosync.spi.Store;
import dev.autosync.spi.StoreException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A process that appends to a history under each token that it is told, without end, until the store refuses one. */
final class FencedChild {
    static final String READY = "ready";
    static final String APPENDED = "appended";
    static final String STALE = "stale";
    static final String KIND = "late";

    private FencedChild() {}

    public static void main(String[] args) throws IOException {
        try (Store store = Stores.open(Path.of(args[0]), "json");
                BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            System.out.println(READY);
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                append(store, new FencingToken(Long.parseLong(line)));
            }
        }
    }

    private static void append(Store store, FencingToken token) {
        try {
            for (long n = 1; ; n++) {
                store.append(token, List.of(Event.of("c", KIND, Long.toString(n), Instant.EPOCH, Map.of(), "{}")));
                if (n == 1) {
                    System.out.println(APPENDED);
                }
            }
        } catch (StoreException e) {
            System.out.println(e.code() == ErrorCode.STORE_STALE_TOKEN ? STALE : e.getMessage());
        }
    }
}
