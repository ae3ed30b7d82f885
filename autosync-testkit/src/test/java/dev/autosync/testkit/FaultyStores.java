package dev.autosync.testkit;

import dev.autosync.lock.FencingToken;
import dev.autosync.spi.Compaction;
import dev.autosync.spi.Event;
import dev.autosync.spi.EventQuery;
import dev.autosync.spi.Resolution;
import dev.autosync.spi.Retention;
import dev.autosync.spi.Rollup;
import dev.autosync.spi.RollupQuery;
import dev.autosync.spi.StoreMaintenance;
import dev.autosync.spi.StoredEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.text.Normalizer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;

/** Stores with one defect each, of a kind that stores have had. */
final class FaultyStores {
    private FaultyStores() {}

    /** Writes an append with the next one, and forgets to when it is closed. */
    static final class LosesTheLastAppendAtClose extends FileStore {
        private List<StoredEvent> pending = List.of();

        LosesTheLastAppendAtClose(Path folder) {
            super(folder);
        }

        @Override
        <T> T locked(Step<T> step) {
            return super.locked(state -> {
                List<StoredEvent> events = new ArrayList<>(state.events());
                events.addAll(pending);
                return step.take(new FileState(events, state.granted(), state.upTo(), state.rolledUp(), state.hours()));
            });
        }

        @Override
        void write(List<StoredEvent> added) throws IOException {
            if (!pending.isEmpty()) {
                super.write(pending);
            }
            pending = added;
        }
    }

    /** Writes events one after the other, so that a kill leaves half an append. */
    static final class WritesEachEventOnItsOwn extends FileStore {
        WritesEachEventOnItsOwn(Path folder) {
            super(folder);
        }

        @Override
        void write(List<StoredEvent> added) throws IOException {
            for (StoredEvent event : added) {
                super.write(List.of(event));
                disksTakeTheirTime();
            }
        }
    }

    /** Keeps what it was given in another form. */
    static final class Converts extends FileStore {
        private final UnaryOperator<List<Event>> conversion;

        private Converts(Path folder, UnaryOperator<List<Event>> conversion) {
            super(folder);
            this.conversion = conversion;
        }

        @Override
        public long append(FencingToken token, List<Event> events) {
            return super.append(token, conversion.apply(events));
        }
    }

    static FileStore sortsABatchByTime(Path folder) {
        return new Converts(folder, events -> events.stream().sorted(Comparator.comparing(Event::at)).toList());
    }

    static FileStore normalisesText(Path folder) {
        return new Converts(folder, events -> events.stream().map(e -> Event.of(e.cycle(), e.kind(),
                Normalizer.normalize(e.subject(), Normalizer.Form.NFC), e.at(), e.numbers(), e.payload())).toList());
    }

    static FileStore passesNumbersThroughFloat(Path folder) {
        return new Converts(folder, events -> events.stream().map(e -> {
            Map<String, Double> numbers = new LinkedHashMap<>();
            e.numbers().forEach((name, value) -> numbers.put(name, Float.isFinite(value.floatValue()) ? (double) value.floatValue() : value));
            return Event.of(e.cycle(), e.kind(), e.subject(), e.at(), numbers, e.payload());
        }).toList());
    }

    /** Keeps grants in the object alone. */
    static final class ForgetsItsGrants extends FileStore {
        private long granted;

        ForgetsItsGrants(Path folder) {
            super(folder);
        }

        @Override
        public FencingToken grant(FencingToken atLeast) {
            return locked(state -> {
                granted = Math.max(atLeast.value(), seen(state) + 1);
                return new FencingToken(granted);
            });
        }

        @Override
        long seen(FileState state) {
            return Math.max(granted, super.seen(state));
        }
    }

    /** Checks the token, and only then takes the lock. */
    static final class ChecksTheTokenBeforeItLocks extends FileStore {
        /** One append at a time is overtaken: were all of them, they would stay in their order, and nothing would be to be seen. */
        private final Semaphore overtaken = new Semaphore(1);
        private volatile long newest;

        ChecksTheTokenBeforeItLocks(Path folder) {
            super(folder);
        }

        @Override
        public long append(FencingToken token, List<Event> events) {
            super.check(state(), token);
            if (overtaken.tryAcquire()) {
                awaitNewer(token);
                overtaken.release();
            }
            long last = super.append(token, events);
            newest = Math.max(newest, token.value());
            return last;
        }

        /** For 20 ms at most: there is none newer than the last. */
        private void awaitNewer(FencingToken token) {
            for (int i = 0; i < 200 && newest <= token.value(); i++) {
                LockSupport.parkNanos(100_000);
            }
        }

        @Override
        void check(FileState state, FencingToken token) {
            // It has been.
        }
    }

    /** Knows no {@code until}. */
    static final class IgnoresUntil extends FileStore {
        IgnoresUntil(Path folder) {
            super(folder);
        }

        @Override
        public List<StoredEvent> read(EventQuery asked) {
            EventQuery query = EventQuery.all().after(asked.afterSequence());
            query = asked.latest() ? query.latest(asked.limit()) : query.limit(asked.limit());
            query = asked.cycle().map(query::cycle).orElse(query);
            query = asked.kind().map(query::kind).orElse(query);
            query = asked.subject().map(query::subject).orElse(query);
            return super.read(asked.since().map(query::since).orElse(query));
        }
    }

    /** Gives one event too many where the latest are asked for. */
    static final class GivesOneTooManyOfTheLatest extends FileStore {
        GivesOneTooManyOfTheLatest(Path folder) {
            super(folder);
        }

        @Override
        public List<StoredEvent> read(EventQuery query) {
            return super.read(query.latest() && query.limit() < Integer.MAX_VALUE ? query.latest(query.limit() + 1) : query);
        }
    }

    /** Adds up the hour under way, takes up what it has of an hour when the clock comes back to it, and then adds all of that to what it has. */
    static final class CountsTwiceWhenTheClockGoesBack extends FileStore {
        CountsTwiceWhenTheClockGoesBack(Path folder) {
            super(folder);
        }

        @Override
        public List<Rollup> rollup(RollupQuery query) {
            TreeMap<Instant, Rollup> hours = new TreeMap<>();
            Rollup current = null;
            for (StoredEvent stored : read(EventQuery.all().kind(query.kind()))) {
                Event event = stored.event();
                Double number = query.number().isPresent() ? event.numbers().get(query.number().get()) : Double.valueOf(0);
                if (number == null) {
                    continue;
                }
                Rollup added = Rollup.of(Resolution.HOUR.startOf(event.at()), number);
                if (current != null && current.start().equals(added.start())) {
                    current = current.plus(added);
                    continue;
                }
                if (current != null) {
                    hours.merge(current.start(), current, Rollup::plus);
                }
                current = hours.containsKey(added.start()) ? hours.get(added.start()).plus(added) : added;
            }
            if (current != null) {
                hours.merge(current.start(), current, Rollup::plus);
            }
            TreeMap<Instant, Rollup> pieces = new TreeMap<>();
            for (Rollup hour : hours.values()) {
                Instant start = query.resolution().startOf(hour.start());
                pieces.merge(start, hour.at(start), Rollup::plus);
            }
            return pieces.values().stream().filter(piece -> query.covers(piece.start())).toList();
        }
    }

    /** Compacts without keeping what the removed events came to. */
    static final class LosesTheRollupsOfRemovedEvents extends FileStore {
        LosesTheRollupsOfRemovedEvents(Path folder) {
            super(folder);
        }

        @Override
        public Optional<StoreMaintenance> maintenance() {
            return Optional.of(new FileStoreMaintenance(this) {
                @Override
                FileState compacted(FileState state, List<StoredEvent> kept, long upTo) {
                    return new FileState(kept, state.granted(), upTo, 0, List.of());
                }
            });
        }
    }

    /** Compacts away the event that the next number is reckoned from. */
    static final class RemovesTheLastEvent extends FileStore {
        RemovesTheLastEvent(Path folder) {
            super(folder);
        }

        @Override
        public Optional<StoreMaintenance> maintenance() {
            return Optional.of(new FileStoreMaintenance(this) {
                @Override
                boolean dropped(FileState state, Retention retention, StoredEvent event) {
                    return retention.drops(event.event());
                }
            });
        }
    }

    /** Reckons what is to stay, and only then keeps others from appending. */
    static final class CompactsWhatItReadBeforeItLocked extends FileStore {
        CompactsWhatItReadBeforeItLocked(Path folder) {
            super(folder);
        }

        @Override
        public Optional<StoreMaintenance> maintenance() {
            return Optional.of(new FileStoreMaintenance(this) {
                @Override
                public Compaction compact(FencingToken token, Retention retention) {
                    FileState early = state();
                    List<StoredEvent> kept = early.events().stream().filter(event -> !dropped(early, retention, event)).toList();
                    locksMayBeLongInComing();
                    return locked(state -> {
                        CompactsWhatItReadBeforeItLocked.this.check(state, token);
                        if (kept.size() < early.events().size()) {
                            file.replace(compacted(early, kept, last(early)).frames());
                        }
                        return new Compaction(early.events().size() - kept.size(), 0, 0);
                    });
                }
            });
        }
    }

    static FileStore rewritesItsFileInPlace(Path folder) {
        return new FileStore(new FrameFile(folder) {
            @Override
            void replace(List<byte[]> frames) throws IOException {
                Files.deleteIfExists(path);
                for (byte[] frame : frames) {
                    Files.write(path, framed(frame), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
                    disksTakeTheirTime();
                }
            }
        });
    }

    static FileStore comparesNoChecksum(Path folder) {
        return new FileStore(new FrameFile(folder) {
            @Override
            boolean trusts(byte[] frame, int expected) {
                return true;
            }
        });
    }

    private static void disksTakeTheirTime() {
        LockSupport.parkNanos(300_000);
    }

    private static void locksMayBeLongInComing() {
        LockSupport.parkNanos(1_000_000);
    }
}
