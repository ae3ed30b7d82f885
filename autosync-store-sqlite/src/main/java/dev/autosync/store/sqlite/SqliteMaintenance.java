package dev.autosync.store.sqlite;

import dev.autosync.lock.FencingToken;
import dev.autosync.spi.CompactedHistory;
import dev.autosync.spi.Compaction;
import dev.autosync.spi.KindRollup;
import dev.autosync.spi.Retention;
import dev.autosync.spi.StoreCheck;
import dev.autosync.spi.StoreMaintenance;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What the store can do beside keeping events. What only reads does so through a door of its own, so that it stands in nobody's way.
 *
 * @param file the database
 * @param writer the store's door to write
 * @param readers the store's doors to read
 * @param another makes a further door to read
 */
record SqliteMaintenance(DatabaseFile file, Door writer, Readers readers, Supplier<Door> another) implements StoreMaintenance {

    @Override
    public StoreCheck check() throws InterruptedException {
        requireOpen();
        Door door = another.get();
        try {
            return door.passInterruptibly("check", new Check(file)::of).orElseGet(() -> new StoreCheck(0, List.of()));
        } finally {
            door.close();
        }
    }

    @Override
    public void backup(Path folder) throws InterruptedException {
        requireOpen();
        Door door = another.get();
        try {
            BackupFolder.fill(folder, door);
        } finally {
            door.close();
        }
    }

    @Override
    public Compaction compact(FencingToken token, Retention retention) throws InterruptedException {
        Optional<Boolean> there = readers.pass("compact", tables -> {
            tables.require(token);
            return true;
        });
        long before = file.bytes();
        if (there.isEmpty()) {
            return new Compaction(0, 0, 0);
        }
        long removed = writer.passInterruptibly("compact", tables -> {
            tables.require(token);
            tables.rollUp();
            return Compactor.remove(tables, retention);
        }).orElse(0L);
        Compactor.giveRoomBack(writer, file, removed);
        return new Compaction(removed, before, file.bytes());
    }

    @Override
    public long compactedUpTo() {
        return readers.pass("read", tables -> tables.events().removedUpTo()).orElse(0L);
    }

    @Override
    public List<KindRollup> hours() {
        return readers.pass("read", tables -> {
            List<KindRollup> hours = new ArrayList<>();
            tables.hours().forEach((piece, rollup) -> hours.add(new KindRollup(piece.kind(), Optional.ofNullable(piece.number()), rollup)));
            // SQLite compares bytes, which puts what is beyond the basic plane elsewhere than Java does.
            hours.sort(Comparator.comparing(KindRollup::kind).thenComparing(hour -> hour.number().isPresent())
                    .thenComparing(hour -> hour.number().orElse("")).thenComparing(hour -> hour.rollup().start()));
            return List.copyOf(hours);
        }).orElse(List.of());
    }

    @Override
    public void restore(CompactedHistory history) throws InterruptedException {
        writer.passInterruptibly("restore a history to", tables -> {
            Restorer.restore(tables, file, history);
            return null;
        });
    }

    /** A door of its own would not notice. */
    private void requireOpen() {
        readers.pass("read", tables -> null);
    }
}
