package dev.autosync.bench.store;

import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** One JSON file, read whole and written anew with each append: a temporary file, forced, renamed. */
final class RewrittenJson implements Peer {
    private final SampleHistory history;
    private final Path file;
    private final List<byte[]> lines = new ArrayList<>();

    private RewrittenJson(Path folder, SampleHistory history) throws IOException {
        this.history = history;
        Files.createDirectories(folder);
        this.file = folder.resolve("events.json");
        if (Files.exists(file)) {
            Files.readAllLines(file).stream().filter(line -> line.startsWith("{")).forEach(line -> lines.add(line.getBytes(StandardCharsets.UTF_8)));
        }
    }

    static Opener keeping(SampleHistory history) {
        return folder -> new RewrittenJson(folder, history);
    }

    @Override
    public synchronized void append(long from, long to) throws IOException {
        for (long number = from; number < to; number++) {
            lines.add(Lines.of(history, number).getBytes(StandardCharsets.UTF_8));
        }
        Path draft = file.resolveSibling("events.json.tmp");
        try (FileOutputStream out = new FileOutputStream(draft.toFile()); OutputStream buffered = new BufferedOutputStream(out, 1 << 16)) {
            buffered.write("[\n".getBytes(StandardCharsets.US_ASCII));
            for (int i = 0; i < lines.size(); i++) {
                buffered.write(lines.get(i));
                buffered.write(i + 1 < lines.size() ? ",\n".getBytes(StandardCharsets.US_ASCII) : "\n]\n".getBytes(StandardCharsets.US_ASCII));
            }
            buffered.flush();
            out.getFD().sync();
        }
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public long millis(long number) {
        return Lines.millis(lines.get((int) number));
    }

    @Override
    public Trend trend() {
        TrendSum sum = new TrendSum();
        lines.stream().filter(line -> Lines.time(line) >= SampleHistory.LAST_90_DAYS.toEpochMilli()).forEach(sum::add);
        return sum.trend();
    }

    @Override
    public OptionalLong last() {
        return OptionalLong.empty();
    }

    @Override
    public void close() {
        lines.clear();
    }
}
