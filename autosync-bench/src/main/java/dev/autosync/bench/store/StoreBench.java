package dev.autosync.bench.store;

import dev.autosync.bench.Bench;
import dev.autosync.bench.Figure;
import dev.autosync.bench.WorkFolder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** What a history costs: durable appends, queries, growth, room and memory; our two stores beside three ways to do without them. */
public final class StoreBench implements Bench {
    static final String NAME = "store";

    private static final int QUICK = 200_000;

    @Override
    public void run(boolean quick, Consumer<Figure> figures) throws Exception {
        SampleHistory history = new SampleHistory(quick ? QUICK : SampleHistory.WHOLE);
        Map<String, Peer.Opener> peers = new LinkedHashMap<>();
        peers.put("sqlite-store", StorePeer.named("sqlite", history));
        peers.put("json-store", StorePeer.named("json", history));
        peers.put("sqlite-jdbc", PlainSqlite.keeping(history));
        peers.put("h2-mvstore", MvStorePeer.keeping(history));
        peers.put("rewrite-json", RewrittenJson.keeping(history));
        figures.accept(new Figure(NAME, "size", "history", "events", history.events(), Figure.COUNT));
        try (WorkFolder folder = new WorkFolder()) {
            new DurableAppends(folder, peers, quick).run(figures);
            new GrowingHistory(folder, peers, history).run(figures);
        }
    }
}
