package dev.autosync.bench.crash;

import dev.autosync.core.io.AppendLog;
import dev.autosync.core.io.FilePort;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;

/** Files of which nothing is ever forced: what a power cut leaves of them is whatever the system has written by itself. */
final class UnforcedFiles {
    private UnforcedFiles() {}

    static FilePort of(FilePort files) {
        return WatchedFiles.of(files, call -> switch (call.name()) {
            case "force", "forceFolder", "log.force" -> null;
            case "openLog" -> new UnforcedLog((Path) call.arguments().get(0));
            default -> call.make();
        });
    }

    private static final class UnforcedLog implements AppendLog {
        private final RandomAccessFile file;

        UnforcedLog(Path path) throws IOException {
            file = new RandomAccessFile(path.toFile(), "rw");
            file.seek(file.length());
        }

        @Override
        public void append(byte[] bytes) throws IOException {
            file.write(bytes);
        }

        @Override
        public void force() {}

        @Override
        public void truncate(long length) throws IOException {
            file.setLength(length);
            file.seek(length);
        }

        @Override
        public long length() throws IOException {
            return file.length();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
