package dev.autosync.store.json;

import dev.autosync.ErrorCode;
import dev.autosync.spi.StoreException;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The files of a store.
 *
 * @param directory where they are
 */
record Segments(Path directory) {

    Path path(SegmentFile file) {
        return directory.resolve(file.name());
    }

    Path path(int number) {
        return path(SegmentFile.appended(number));
    }

    Path rollups(SegmentFile file) {
        return directory.resolve(file.rollupsName());
    }

    Path compacted() {
        return directory.resolve("compacted.jsonl");
    }

    Path token() {
        return directory.resolve("token");
    }

    /** What is locked by who writes. Nobody else may open it: to close it again would free the lock (POSIX). */
    Path lock() {
        return directory.resolve("lock");
    }

    /** The numbers of the segments that were appended to after a compaction, in their order. */
    List<Integer> numbersAfter(int through) throws IOException {
        List<Integer> numbers = new ArrayList<>();
        for (String name : names()) {
            SegmentFile file = SegmentFile.of(name);
            if (file != null && file.generation() == 0 && file.number() > through && name.equals(file.name())) {
                numbers.add(file.number());
            }
        }
        Collections.sort(numbers);
        return numbers;
    }

    /** The names of all that is in the folder; none if it is not there. */
    List<String> names() throws IOException {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                names.add(String.valueOf(file.getFileName()));
            }
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return names;
    }

    /** A free name beside a segment: for bytes that are cut off it, or taken out of it. */
    Path free(SegmentFile file, String end) {
        for (int i = 1; ; i++) {
            Path free = directory.resolve(file.name() + "." + i + end);
            if (!Files.exists(free)) {
                return free;
            }
        }
    }

    StoreException damaged(Damage damage) {
        Path path = directory.resolve(damage.file());
        if (damage.newer()) {
            return new StoreException(ErrorCode.STORE_VERSION, "Cannot use " + path + ":" + damage.line() + ": " + damage.why()
                    + "; it was left as it is. Upgrade AutoSync", null);
        }
        String advice = Quarantine.canHeal(damage)
                ? "; events before it can still be read. Restore the file from a copy, or let the store go on without the damaged lines: set its"
                        + " \"onDamage\" to \"quarantine\""
                : "; restore the folder from a copy";
        return new StoreException(ErrorCode.STORE_DAMAGED, "Cannot go on at " + path + ":" + damage.line() + ": " + damage.why() + advice, null);
    }

    StoreException failed(String what, IOException cause) {
        if (cause instanceof BrokenException broken) {
            return damaged(broken.damage());
        }
        return new StoreException(ErrorCode.STORE_FAILED, "Cannot " + what + " " + directory + ": " + cause, cause);
    }
}
