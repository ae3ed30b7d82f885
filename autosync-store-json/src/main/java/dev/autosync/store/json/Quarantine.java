package dev.autosync.store.json;

import dev.autosync.lock.FencingToken;
import dev.autosync.spi.Event;
import dev.autosync.spi.StoredEvent;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts damaged lines aside, so that the store can go on with all that is whole: a compaction that removes what cannot be read. The lines go into a file
 * {@code *.quarantine}, and an event of the kind {@code store-damage} says how many events are lost.
 */
final class Quarantine {
    /** The kind of the event that tells of a loss. */
    static final String KIND = "store-damage";

    private final Workings of;
    private final View view;
    private final Rollups rollups = new Rollups();
    private final List<String> asides = new ArrayList<>();
    private long next = 1;
    private long lost;
    private long upTo;
    private long badLines;
    private Instant latest = Instant.EPOCH;

    Quarantine(Workings of) {
        this.of = of;
        this.view = of.ledger().view();
        this.upTo = view.compacted().upTo();
    }

    /** To be called while nobody else can write, with the damage that was met. */
    void run(Damage met) throws IOException {
        Compacted before = view.compacted();
        List<Integer> numbers = of.segments().numbersAfter(before.through());
        int through = numbers.isEmpty() ? before.through() : numbers.get(numbers.size() - 1);
        if (before.rollups() > 0) {
            rollups.addAll(of.compactedFile().rollups(before, rollup -> true));
        }
        try (PartWriter parts = of.parts(before.nextGeneration())) {
            for (Compacted.Part part : before.parts()) {
                salvage(part.file(), false, parts);
            }
            for (int number : numbers) {
                salvage(SegmentFile.appended(number), number == through, parts);
            }
            // The last files of a compaction may be missing; their numbers are not given again.
            lose(next, before.last() + 1);
            next = Math.max(next, before.last() + 1);
            if (badLines == 0 && lost == 0) {
                throw new BrokenException(met);
            }
            long token = Math.max(1, of.ledger().highestToken());
            StoredEvent told = new StoredEvent(next, new FencingToken(token), told());
            byte[] line = new Line(told, next, next, next).encode();
            through++;
            parts.at(through);
            parts.add(told, line, line.length);
            rollups.add(told.event());
            parts.end();
            of.disk().forceDirectory(of.segments().directory());
            of.ledger().replace(new Compacted(before.nextGeneration(), upTo, through, next, token, parts.parts(), rollups.size()), rollups,
                    parts);
        }
        of.ledger().refresh();
        new Leftovers(of.segments()).remove(of.ledger().view());
    }

    private Event told() {
        StringBuilder payload = new StringBuilder("{\"quarantine\":[");
        String comma = "";
        for (String aside : asides) {
            JsonText.string(payload.append(comma), aside);
            comma = ",";
        }
        return Event.of("", KIND, "", latest, Map.of("lost", (double) lost, "lines", (double) badLines), payload.append("]}").toString());
    }

    private void salvage(SegmentFile file, boolean last, PartWriter parts) throws IOException {
        Path path = of.segments().path(file);
        if (!Files.exists(path)) {
            return;
        }
        Salvage found = new Salvage(file.name(), next);
        found.scan(of.disk(), path, null, null);
        long cut = last ? found.halfAppend() : Long.MAX_VALUE;
        Rollups known = view.part(file) != null ? new Rollups() : of.index().beside(file);
        if (!found.anyBad() && cut == Long.MAX_VALUE) {
            if (found.digest().events() > 0) {
                parts.keep(file, found.digest().facts());
            }
        } else {
            Path aside = of.segments().free(file, ".quarantine");
            parts.at(file.number());
            try (RandomAccessFile to = of.disk().open(aside)) {
                BlockWriter out = new BlockWriter(of.disk(), to);
                found = new Salvage(file.name(), next);
                found.cut(cut);
                found.scan(of.disk(), path, parts, out);
                out.flush();
                of.disk().force(to);
            }
            asides.add(String.valueOf(aside.getFileName()));
        }
        rollups.addAll(known != null ? known : found.digest().rollups());
        account(found, last);
    }

    private void account(Salvage found, boolean last) {
        found.gaps().forEach(gap -> lose(gap.from(), gap.before()));
        badLines += found.bad();
        next = found.next();
        if (last && found.badAtEnd() > 0) {
            lost += found.badAtEnd();
            next += found.badAtEnd();
            upTo = Math.max(upTo, next - 1);
        }
        if (found.digest().events() > 0) {
            latest = found.digest().facts().latest();
        }
    }

    private void lose(long from, long before) {
        if (!view.mayMiss(from, before)) {
            lost += before - from;
            upTo = Math.max(upTo, before - 1);
        }
    }

    /** Whether a damage is one of events, so that it can be put aside. */
    static boolean canHeal(@Nullable Damage damage) {
        return damage != null && !damage.newer() && damage.file().startsWith("events-");
    }
}
