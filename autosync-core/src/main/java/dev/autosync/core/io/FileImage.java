package dev.autosync.core.io;

import dev.autosync.patch.FileContent;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.Set;

/**
 * The bytes and the mode of a regular file.
 *
 * @param bytes its bytes; not copied, never changed by anybody
 * @param mode its nine permission bits as {@code chmod} writes them, or {@link #NO_MODE} where there are none
 */
public record FileImage(byte[] bytes, int mode) implements Image {

    /** The mode on file systems without POSIX permissions, and the one that lets the system choose for a new file. */
    public static final int NO_MODE = -1;

    private static final int EXECUTE_OWNER = 0100;

    /** The image a content would have in place of another, whose other permissions it keeps. */
    public static FileImage of(FileContent content, int modeBefore) {
        return new FileImage(content.bytes(), withExecutable(modeBefore, content.executable()));
    }

    /** The image as callers and plugins see it. */
    public FileContent content() {
        return FileContent.of(bytes).executable(executable());
    }

    /** Whether the owner may execute it. */
    public boolean executable() {
        return executable(mode);
    }

    /** Whether a mode lets the owner execute. */
    public static boolean executable(int mode) {
        return mode != NO_MODE && (mode & EXECUTE_OWNER) != 0;
    }

    /** The mode of a set of permissions. */
    public static int mode(Set<PosixFilePermission> permissions) {
        int mode = 0;
        for (PosixFilePermission permission : permissions) {
            mode |= 0400 >> permission.ordinal();
        }
        return mode;
    }

    /** Whether bytes and right to execute are the same; other permissions are none of our business. */
    @Override
    public boolean same(Image other) {
        return other instanceof FileImage file && executable() == file.executable() && Arrays.equals(bytes, file.bytes);
    }

    private static int withExecutable(int mode, boolean executable) {
        if (mode == NO_MODE) {
            return executable ? 0755 : NO_MODE;
        }
        int readable = mode & 0444;
        return executable ? mode | (readable >> 2) | EXECUTE_OWNER : mode & ~0111;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FileImage f && f.mode == mode && Arrays.equals(f.bytes, bytes);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(bytes) + mode;
    }

    @Override
    public String toString() {
        return bytes.length + " bytes, mode " + (mode == NO_MODE ? "none" : Integer.toOctalString(mode));
    }
}
