package dev.autosync.spi;

/**
 * What {@link StoreMaintenance#compact} did.
 *
 * @param removed how many events it removed, 0 or more
 * @param bytesBefore what the store took on the disk before, in bytes
 * @param bytesAfter what it takes now, in bytes
 * @since 0.1.0
 */
public record Compaction(long removed, long bytesBefore, long bytesAfter) {}
