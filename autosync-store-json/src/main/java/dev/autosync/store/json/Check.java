package dev.autosync.store.json;

import dev.autosync.spi.KindRollup;
import dev.autosync.spi.StoreCheck;
import dev.autosync.spi.StoredEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;

/** Reads every line of every file, and compares the files with each other. Changes nothing. */
final class Check {
    private static final int MOST_PROBLEMS = 100;

    private final Segments segments;
    private final Disk disk;
    private final View view;
    private final List<String> problems = new ArrayList<>();
    private long events;
    private long next = 1;

    Check(Segments segments, Disk disk, View view) {
        this.segments = segments;
        this.disk = disk;
        this.view = view;
    }

    StoreCheck run() throws IOException, InterruptedException {
        for (SegmentFile file : view.files()) {
            try {
                check(file);
            } catch (NoSuchFileException e) {
                problem(file.name() + " is missing");
            }
        }
        long last = view.tail().sequence();
        if (view.tail().damage() != null) {
            Damage damage = view.tail().damage();
            problem(damage.file() + ":" + damage.line() + ": " + damage.why());
        } else if (next <= last && !view.mayMiss(next, last + 1)) {
            problem("events " + next + " to " + last + " are missing");
        }
        if (view.compacted().rollups() > 0) {
            checkRollupsOfCompaction();
        }
        return new StoreCheck(events, problems.stream().distinct().limit(MOST_PROBLEMS).toList());
    }

    private void check(SegmentFile file) throws IOException, InterruptedException {
        boolean open = view.isLast(file) && view.tail().damage() == null;
        long size = open ? view.tail().end() : Files.size(segments.path(file));
        Digest digest = new Digest();
        boolean whole = true;
        try (LineReader in = new LineReader(disk.read(segments.path(file), 0), 0, size, 0)) {
            while (in.next()) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                Frame frame = Frame.of(in.line(), in.length());
                Line line = frame.state() == Frame.State.VALID && in.terminated()
                        ? Line.decode(in.line(), in.length(), frame.sequence()) : null;
                if (line == null) {
                    whole = false;
                    problem(file.name() + ":" + in.number() + ": " + Damage.of(file.name(), in.number(), frame).why());
                } else {
                    take(file, in, line.event(), digest);
                }
            }
        }
        Facts part = view.part(file);
        if (part != null && whole && !part.equals(digest.facts())) {
            problem(file.name() + " does not hold what compacted.jsonl says");
        }
        if (!open && whole && digest.events() > 0) {
            checkBeside(file, digest);
        }
    }

    private void take(SegmentFile file, LineReader in, StoredEvent event, Digest digest) {
        long sequence = event.sequence();
        if (sequence < next) {
            problem(file.name() + ":" + in.number() + ": event " + sequence + " is in the wrong place");
        } else if (sequence > next && !view.mayMiss(next, sequence)) {
            problem(file.name() + ":" + in.number() + ": before this line events " + next + " to " + (sequence - 1) + " are missing");
        }
        next = sequence + 1;
        events++;
        digest.add(event, in.end());
    }

    private void checkBeside(SegmentFile file, Digest digest) throws IOException {
        try (RecordReader in = new RecordReader(disk, segments.rollups(file))) {
            Fields line = in.next(fields -> fields);
            Rollups rollups = new Rollups();
            for (long left = line.number("rollups"); left > 0; left--) {
                KindRollup rollup = in.nextRollup();
                rollups.add(rollup);
            }
            in.end();
            if (!Records.facts(line).equals(digest.facts()) || !rollups.stream().toList().equals(digest.rollups().stream().toList())) {
                problem(file.rollupsName() + " is not what the events of " + file.name() + " come to; delete it, it is made anew");
            }
        } catch (NoSuchFileException e) {
            // It is made when it is needed.
        } catch (BrokenException | IllegalArgumentException e) {
            problem(file.rollupsName() + " is damaged; it is made anew when it is needed");
        }
    }

    private void checkRollupsOfCompaction() throws IOException {
        try {
            new CompactedFile(segments, disk).rollups(view.compacted(), rollup -> false);
        } catch (BrokenException e) {
            problem(e.damage().file() + ":" + e.damage().line() + ": " + e.damage().why());
        }
    }

    private void problem(String what) {
        if (problems.size() < 2 * MOST_PROBLEMS) {
            problems.add(what);
        }
    }
}
