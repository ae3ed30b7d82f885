package dev.autosync.bench.crash;

import java.util.Arrays;
import java.util.Locale;

/** A file system that the power can be cut of. */
enum FileSystem {
    EXT4("192M", "mkfs.ext4", "-q", "-F"),
    XFS("320M", "mkfs.xfs", "-q", "-f");

    private final String size;
    private final String[] make;

    FileSystem(String size, String... make) {
        this.size = size;
        this.make = make;
    }

    /** Its name for {@code mount}. */
    String type() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** How large its image is, as {@code truncate} writes it. */
    String size() {
        return size;
    }

    /** The command that makes one in an image. */
    String[] make(String image) {
        String[] command = Arrays.copyOf(make, make.length + 1);
        command[make.length] = image;
        return command;
    }
}
