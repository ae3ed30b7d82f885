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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The files of a store.
 *
 * @param directory where they are
 */
record Segments(Path directory) {
    private static final Pattern NAME = Pattern.compile("events-([0-9]{6,9})\\.jsonl");

    Path path(int number) {
        return directory.resolve(String.format("events-%06d.jsonl", number));
    }

    /** What is locked by who writes. Nobody else may open it: to close it again would free the lock (POSIX). */
    Path lock() {
        return directory.resolve("lock");
    }

    /** The numbers of the segments that are there, in their order. */
    List<Integer> numbers() throws IOException {
        List<Integer> numbers = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "events-*.jsonl")) {
            for (Path file : files) {
                Matcher name = NAME.matcher(String.valueOf(file.getFileName()));
                if (name.matches() && file.equals(path(Integer.parseInt(name.group(1))))) {
                    numbers.add(Integer.parseInt(name.group(1)));
                }
            }
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        Collections.sort(numbers);
        return numbers;
    }

    /** A free name for bytes that are cut off a segment. */
    Path torn(int number) {
        for (int i = 1; ; i++) {
            Path torn = directory.resolve(path(number).getFileName() + "." + i + ".torn");
            if (!Files.exists(torn)) {
                return torn;
            }
        }
    }

    StoreException damaged(Tail.Damage damage) {
        return new StoreException(ErrorCode.STORE_DAMAGED, "Cannot go on at " + path(damage.segment()) + ":" + damage.line() + ": "
                + damage.why()
                + "; events before it can still be read. Restore the file from a copy, or move it and those after it away", null);
    }

    StoreException failed(String what, IOException cause) {
        return new StoreException(ErrorCode.STORE_FAILED, "Cannot " + what + " " + directory + ": " + cause, cause);
    }
}
