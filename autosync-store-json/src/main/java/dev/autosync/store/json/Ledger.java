package dev.autosync.store.json;

import dev.autosync.ErrorCode;
import dev.autosync.lock.FencingToken;
import dev.autosync.lock.LockException;
import dev.autosync.spi.StoreException;
import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a store object knows of its folder: the files that hold events, where they end, and what the last of them comes to. Looks at the folder
 * again before each use of it. Threads: to be called by one at a time.
 */
final class Ledger {
    /** Longer than any append takes that goes on. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Segments segments;
    private final Disk disk;
    private final TokenFile tokens;
    private final TailReader tails;
    private final SegmentWriter writer;
    private final CompactedFile compactedFile;
    private final SegmentIndex index;
    private View view = new View(Compacted.NONE, List.of(), Tail.empty());
    private Digest digest = new Digest();
    private boolean looked;
    private boolean swept;

    Ledger(Segments segments, Disk disk, SegmentWriter writer, CompactedFile compactedFile, SegmentIndex index, boolean wholeBatches) {
        this.segments = segments;
        this.disk = disk;
        this.tokens = new TokenFile(segments.directory(), disk);
        this.tails = new TailReader(segments, disk, wholeBatches);
        this.writer = writer;
        this.compactedFile = compactedFile;
        this.index = index;
    }

    View view() {
        return view;
    }

    /** What the last segment comes to. */
    Digest digest() {
        return digest;
    }

    void remember(Damage damage) {
        if (view.tail().damage() == null) {
            view = view.with(view.tail().damaged(damage));
        }
    }

    /** Sees what somebody else has done since. A few looks at attributes of files when there is nothing new. */
    void refresh() {
        if (writer.failed()) {
            return;
        }
        try {
            boolean settled = false;
            while (!settled) {
                Compacted compacted = compactedFile.read();
                try {
                    settled = !look(compacted) || compactedFile.read() == compacted;
                } catch (IOException e) {
                    // A compaction removes files; one that has come between is no loss.
                    if (compactedFile.read() == compacted) {
                        throw e;
                    }
                }
            }
        } catch (NoSuchFileException e) {
            view = view.with(gone());
        } catch (IOException e) {
            throw segments.failed("read", e);
        }
    }

    /** Whether what was seen may be wrong if a compaction has come between. */
    private boolean look(Compacted compacted) throws IOException {
        Tail tail = view.tail();
        File file = segments.path(tail.file()).toFile();
        if (compacted != view.compacted() || !looked) {
            lookAfresh(compacted);
            return true;
        }
        if (tail.damage() != null) {
            return false;
        }
        if (segments.path(tail.segment() + 1).toFile().exists()) {
            lookAfresh(compacted);
            return true;
        }
        if (tail.torn() || file.length() != tail.end()) {
            view = view.with(tails.readOn(tail, digest).tail());
            return view.tail().damage() != null;
        }
        return false;
    }

    private void lookAfresh(Compacted compacted) throws IOException {
        List<Integer> numbers = segments.numbersAfter(compacted.through());
        if (compacted.generation() == 0) {
            requireNeverCompacted();
        }
        TailReader.Found found = tails.find(compacted, numbers);
        Tail tail = found.tail();
        if (tail.sequence() < view.tail().sequence() && tail.damage() == null) {
            tail = gone();
        }
        int last = tail.segment();
        view = new View(compacted, numbers.stream().filter(number -> number <= last).toList(), tail);
        digest = found.digest();
        looked = true;
    }

    /**
     * Files that a compaction has written count for nothing without the one that names them: then that is lost, not what is in them. A compaction
     * that was killed leaves such files too, the segments that they stand for among them, and a quarantine one behind those.
     */
    private void requireNeverCompacted() throws IOException {
        Set<Integer> appended = new HashSet<>();
        List<SegmentFile> written = new ArrayList<>();
        for (String name : segments.names()) {
            SegmentFile file = SegmentFile.of(name);
            if (file != null && file.generation() > Compacted.RESTORED) {
                written.add(file);
            } else if (file != null && file.generation() == 0 && name.equals(file.name())) {
                appended.add(file.number());
            }
        }
        for (SegmentFile file : written) {
            boolean killed = file.generation() == Compacted.RESTORED + 1 && appended.contains(1)
                    && (appended.contains(file.number()) || file.number() == Collections.max(appended) + 1);
            if (!killed) {
                throw new BrokenException(new Damage("compacted.jsonl", 1, "the file is missing", false));
            }
        }
    }

    private Tail gone() {
        Tail tail = view.tail();
        return tail.damaged(Damage.of(tail.file(), Math.max(1, tail.lines()), "the events up to here are gone"));
    }

    /** What is to be done while nobody else can write. */
    interface Work<T, X extends Exception> {
        T run() throws IOException, X;
    }

    /** Looks at the folder and works on it, while nobody else can write: between a look and a write a process may be stopped for hours. */
    <T, X extends Exception> T alone(String what, Work<T, X> work) throws IOException, X {
        Path directory = segments.directory();
        if (!Files.isDirectory(directory)) {
            disk.createDirectories(directory);
        }
        Closeable others;
        try {
            others = disk.lock(segments.lock(), PATIENCE);
        } catch (LockException e) {
            throw new StoreException(ErrorCode.STORE_FAILED, "Cannot " + what + ' ' + directory + ": another process has held "
                    + segments.lock().getFileName() + " there for " + PATIENCE.toSeconds()
                    + " seconds, which no append takes; if it is stopped, let it go on or end it, then try again", e);
        }
        try {
            refresh();
            if (!swept && view.tail().damage() == null) {
                swept = true;
                new Leftovers(segments).remove(view);
            }
            return work.run();
        } finally {
            closeQuietly(others);
        }
    }

    /** The lock is free whatever closing says, and the work is done. */
    private static void closeQuietly(Closeable held) {
        try {
            held.close();
        } catch (IOException e) {
            // Nothing to do: no write depends on it.
        }
    }

    /** Throws if nothing may be written any more. */
    void requireForcedWrites(String what) {
        if (writer.failed()) {
            throw new StoreException(ErrorCode.STORE_FAILED, "Cannot " + what + ' ' + segments.directory()
                    + ": an earlier write could not be forced to the disk; open the store again", null);
        }
    }

    /** Throws if nothing may be appended at all. */
    void requireWritable() {
        requireForcedWrites("append to");
        Damage damage = view.tail().damage();
        if (damage != null) {
            throw segments.damaged(damage);
        }
    }

    long highestToken() throws IOException {
        return Math.max(view.tail().token(), tokens.read());
    }

    void requireCurrent(FencingToken token, long seen) {
        if (token.value() < seen) {
            throw new StoreException(ErrorCode.STORE_STALE_TOKEN, "Cannot append to " + segments.directory() + " with token "
                    + token.value() + ": the store has seen " + seen + "; another engine has the workspace now", null);
        }
    }

    /** Moves what lies behind the end into a file of its own. */
    void moveTornEnd() throws IOException {
        if (view.tail().torn()) {
            writer.moveTornEnd(view.tail());
        }
    }

    /** Lets other files count, durably. When that cannot be forced, either may count after a power cut, so nothing more is written then. */
    void replace(Compacted next, Rollups rollups, PartWriter parts) throws IOException {
        compactedFile.write(next, rollups);
        parts.named();
        boolean durable = false;
        try {
            disk.forceDirectory(segments.directory());
            durable = true;
        } finally {
            if (!durable) {
                writer.fail();
            }
        }
    }

    /** Grants a token. To be called while nobody else can write. */
    long grant(long atLeast) throws IOException {
        requireForcedWrites("grant a token in");
        long token = Math.max(atLeast, Math.min(highestToken(), TokenFile.HIGHEST) + 1);
        if (token > TokenFile.HIGHEST) {
            throw new StoreException(ErrorCode.STORE_FAILED, "Cannot grant a token in " + segments.directory()
                    + ": it would be above " + TokenFile.HIGHEST + ", which no history reaches; see who has appended with, or asked for,"
                    + " such a one", null);
        }
        tokens.write(token);
        return token;
    }

    /** Writes those appends whose tokens are not stale, in one forced write. To be called while nobody else can write. */
    void append(List<PendingAppend> appends) throws IOException {
        requireWritable();
        long seen = highestToken();
        List<PendingAppend> current = new ArrayList<>();
        for (PendingAppend append : appends) {
            try {
                requireCurrent(append.token(), seen);
                seen = append.token().value();
                current.add(append);
            } catch (StoreException e) {
                append.fail(e);
            }
        }
        if (!current.isEmpty()) {
            write(current);
        }
    }

    private void write(List<PendingAppend> appends) throws IOException {
        Tail before = view.tail();
        SegmentWriter.Written written = writer.append(before, appends);
        if (written.tail().segment() != before.segment()) {
            seal(before);
        }
        view = view.with(written.tail());
        written.addTo(digest);
        long sequence = before.sequence();
        for (PendingAppend append : appends) {
            sequence += append.events().size();
            append.succeed(sequence);
        }
    }

    /** The events are durable already; what is written beside them can be made anew. */
    private void seal(Tail end) {
        try {
            if (digest.bytes() == end.end()) {
                index.add(end.file(), digest);
            }
        } catch (IOException e) {
            // Who needs it makes it.
        }
        digest = new Digest();
    }
}
