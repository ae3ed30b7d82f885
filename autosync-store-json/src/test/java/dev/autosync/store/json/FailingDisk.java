package dev.autosync.store.json;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/** Lets the n-th call fail, or those of some kinds; a write that fails has written a half. */
final class FailingDisk extends Disk {

    enum Call { OPEN, WRITE, FORCE, FORCE_DIRECTORY, TRUNCATE, CREATE, RENAME, LOCK, READ }

    private final Set<Call> broken = EnumSet.noneOf(Call.class);
    private int left;
    private boolean failed;
    private int forced;
    private boolean paused;

    FailingDisk(int call) {
        this.left = call;
    }

    /** The kinds of calls that fail each time. */
    Set<Call> broken() {
        return broken;
    }

    /** Whether any call has failed. */
    boolean failed() {
        return failed;
    }

    /** How often something was forced, or was to be. */
    int forced() {
        return forced;
    }

    /** Lets calls neither fail nor count. */
    void pause(boolean on) {
        paused = on;
    }

    private void call(Call call) throws IOException {
        if (paused) {
            return;
        }
        left--;
        if (left == 0 || broken.contains(call)) {
            failed = true;
            throw new IOException("injected: " + call);
        }
    }

    @Override
    RandomAccessFile open(Path file) throws IOException {
        call(Call.OPEN);
        return super.open(file);
    }

    @Override
    void write(RandomAccessFile file, long at, byte[] bytes, int length) throws IOException {
        try {
            call(Call.WRITE);
        } catch (IOException e) {
            super.write(file, at, bytes, length * 3 / 4);
            throw e;
        }
        super.write(file, at, bytes, length);
    }

    @Override
    void force(RandomAccessFile file) throws IOException {
        forced++;
        call(Call.FORCE);
        super.force(file);
    }

    @Override
    void forceDirectory(Path directory) throws IOException {
        call(Call.FORCE_DIRECTORY);
        super.forceDirectory(directory);
    }

    @Override
    void truncate(RandomAccessFile file, long length) throws IOException {
        call(Call.TRUNCATE);
        super.truncate(file, length);
    }

    @Override
    void createDirectories(Path directory) throws IOException {
        call(Call.CREATE);
        super.createDirectories(directory);
    }

    @Override
    void rename(Path from, Path to) throws IOException {
        call(Call.RENAME);
        super.rename(from, to);
    }

    @Override
    Closeable lock(Path file, Duration patience) throws IOException {
        call(Call.LOCK);
        return super.lock(file, patience);
    }

    @Override
    InputStream read(Path file, long from) throws IOException {
        call(Call.READ);
        return super.read(file, from);
    }
}
