package dev.autosync.store.json;

/**
 * What the parts of an open store share.
 *
 * @param segments the names of its files
 * @param disk the calls on files
 * @param segmentBytes the size beyond which a segment does not grow
 * @param index what is known of segments that are not appended to any more
 * @param compactedFile what was compacted
 * @param rollups answers from the files of rollups
 * @param ledger where the events end; to be used by one at a time
 */
record Workings(Segments segments, Disk disk, long segmentBytes, SegmentIndex index, CompactedFile compactedFile, RollupReader rollups,
        Ledger ledger) {

    static Workings of(Segments segments, Disk disk, long segmentBytes, boolean wholeBatches) {
        SegmentIndex index = new SegmentIndex(segments, disk);
        CompactedFile compactedFile = new CompactedFile(segments, disk);
        SegmentWriter writer = new SegmentWriter(segments, disk, segmentBytes);
        return new Workings(segments, disk, segmentBytes, index, compactedFile, new RollupReader(compactedFile, index),
                new Ledger(segments, disk, writer, compactedFile, index, wholeBatches));
    }

    PartWriter parts(int generation) {
        return new PartWriter(segments, disk, generation, segmentBytes);
    }
}
