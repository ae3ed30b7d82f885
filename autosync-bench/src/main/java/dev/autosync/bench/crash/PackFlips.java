package dev.autosync.bench.crash;

import dev.autosync.AutoSyncException;
import dev.autosync.bench.WorkFolder;
import dev.autosync.core.gate.WorkspaceSnapshots;
import dev.autosync.core.io.FilePort;
import dev.autosync.core.io.Workspace;
import dev.autosync.core.lock.FileWorkspaceLock;
import dev.autosync.core.snapshot.Keeping;
import dev.autosync.core.snapshot.Snapshot;
import dev.autosync.core.snapshot.SnapshotStore;
import dev.autosync.core.snapshot.TreeScanner;
import dev.autosync.snapshot.KeptSnapshot;
import dev.autosync.snapshot.SnapshotLimits;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * A pack with two snapshots, the second of which says only how it differs from the first. Whatever it lists is restored, over a tree that holds
 * something else: then either the tree is the snapshot's, byte for byte, or there is a coded error and nothing was changed.
 */
final class PackFlips implements FlipTarget {
    /** Too short to be deflated. */
    private static final Map<String, String> FIRST = new TreeMap<>(Map.of("changed.txt", "as it was at first\n", "kept.txt", "always the same\n",
            "run.sh", "x#!/bin/sh\nexit 0\n"));
    private static final Map<String, String> SECOND = new TreeMap<>(Map.of("changed.txt", "as it became\n", "kept.txt", "always the same\n",
            "sub/new.txt", "only later\n", "run.sh", "x#!/bin/sh\nexit 0\n"));
    private static final Map<String, String> PRESENT = new TreeMap<>(Map.of("changed.txt", "as it is\n", "kept.txt", "edited\n"));
    private static final Map<String, Map<String, String>> TREES = Map.of("first", FIRST, "second", SECOND);

    private static final SnapshotLimits LIMITS = SnapshotLimits.ofDefaults().minFreeBytes(0);
    private static final int PACK_HEADER = 20;
    private static final int MAGIC = 0x41535031;
    private static final int HEADER = 13;
    private static final int PART_HEAD = 5;
    private static final int SEAL = 2;

    private final Path root;
    private final FilePort files;
    private final Path file;
    private final byte[] pack;
    private final String firstHash;

    PackFlips(Path root, FilePort files) throws IOException, InterruptedException {
        this.root = root;
        this.files = files;
        SmallTree.restore(root, FIRST);
        // One store for both, as an engine has it: they come to lie in one pack.
        Workspace workspace = Workspace.at(root);
        workspace.createState();
        SnapshotStore store = new SnapshotStore(workspace, files, LIMITS);
        TreeScanner scanner = new TreeScanner(workspace, List.of(), Clock.systemUTC());
        this.firstHash = keep(store, scanner, "first");
        SmallTree.write(root, "changed.txt", SECOND.get("changed.txt"));
        SmallTree.write(root, "sub/new.txt", SECOND.get("sub/new.txt"));
        keep(store, scanner, "second");
        try (Stream<Path> all = Files.list(root.resolve(".autosync/snapshots"))) {
            List<Path> packs = all.filter(path -> path.toString().endsWith(".pack")).toList();
            if (packs.size() != 1) {
                throw new IllegalStateException("there are the packs " + packs);
            }
            this.file = packs.get(0);
        }
        this.pack = Files.readAllBytes(file);
        if (!contentHash(pack).equals(firstHash)) {
            throw new IllegalStateException("content hashes are not made as the control believes");
        }
    }

    private static String keep(SnapshotStore store, TreeScanner scanner, String label) throws InterruptedException {
        try (Keeping keeping = store.begin(() -> { }, Set.of())) {
            Snapshot snapshot = scanner.scan(null, keeping);
            return keeping.keep(snapshot, label, "").snapshot().orElseThrow().summary().contentHash();
        }
    }

    private WorkspaceSnapshots snapshots() {
        Workspace workspace = Workspace.at(root);
        workspace.createState();
        return WorkspaceSnapshots.alone(workspace, files, new FileWorkspaceLock(workspace, files, Clock.systemUTC(), null),
                new TreeScanner(workspace, List.of(), Clock.systemUTC()), LIMITS);
    }

    @Override
    public String name() {
        return "a pack";
    }

    @Override
    public byte[] bytes() {
        return pack.clone();
    }

    @Override
    public int stride() {
        return 4;
    }

    @Override
    public Optional<String> wrongAfter(byte[] flipped, Tally tally) throws IOException, InterruptedException {
        SmallTree.restore(root, PRESENT);
        Workspace.at(root).createStateFolder("snapshots");
        Files.write(file, flipped);
        WorkspaceSnapshots snapshots = snapshots();
        List<KeptSnapshot> listed;
        try {
            listed = snapshots.list();
        } catch (AutoSyncException e) {
            tally.count("pack-refused", true);
            return unchanged(PRESENT, e);
        }
        tally.count("pack-refused", listed.isEmpty());
        Optional<String> wrong = Optional.empty();
        for (int i = 0; i < listed.size() && wrong.isEmpty(); i++) {
            wrong = restore(snapshots, listed.get(i), tally);
        }
        return wrong;
    }

    private Optional<String> restore(WorkspaceSnapshots snapshots, KeptSnapshot kept, Tally tally) throws IOException, InterruptedException {
        Map<String, String> wanted = TREES.get(kept.label().orElse(""));
        if (wanted == null) {
            return Optional.of("lists what was never taken: " + kept);
        }
        Map<String, String> before = SmallTree.read(root);
        try {
            snapshots.restore(kept.id());
        } catch (AutoSyncException e) {
            tally.count("not-restored", true);
            return unchanged(before, e);
        }
        tally.count("restored", true);
        Map<String, String> found = SmallTree.read(root);
        // What a later snapshot does not know is left: nothing of the kind is here but what the damage has made unknown.
        return found.entrySet().containsAll(wanted.entrySet()) && others(found, wanted).isEmpty() ? Optional.empty()
                : Optional.of("restored as " + SmallTree.difference(wanted, found));
    }

    /** What a restore has left although the snapshot has no such file, and which is not as somebody has made it. */
    private static Map<String, String> others(Map<String, String> found, Map<String, String> wanted) {
        Map<String, String> others = new TreeMap<>(found);
        others.keySet().removeAll(wanted.keySet());
        others.entrySet().removeAll(PRESENT.entrySet());
        others.entrySet().removeAll(SECOND.entrySet());
        others.entrySet().removeAll(FIRST.entrySet());
        return others;
    }

    private Optional<String> unchanged(Map<String, String> before, AutoSyncException e) throws IOException {
        Map<String, String> found = SmallTree.read(root);
        return found.equals(before) ? Optional.empty() : Optional.of("refused with " + e.code() + ", but changed: "
                + SmallTree.difference(before, found));
    }

    /** A content whose SHA-256 agrees, and a snapshot whose content hash agrees with that, in records whose check sums agree. */
    @Override
    public boolean sign(byte[] flipped, int at) {
        for (int start = PACK_HEADER; start < pack.length;) {
            int end = end(pack, start);
            int data = start + HEADER + PART_HEAD;
            if (pack[start + 4] != SEAL && at >= data && at < end) {
                replace(flipped, sha256(Arrays.copyOfRange(pack, data, end)), sha256(Arrays.copyOfRange(flipped, data, end)));
                replace(flipped, firstHash.getBytes(StandardCharsets.US_ASCII), contentHash(flipped).getBytes(StandardCharsets.US_ASCII));
                signRecords(flipped);
                return true;
            }
            start = end;
        }
        return false;
    }

    private static int end(byte[] pack, int start) {
        ByteBuffer fields = ByteBuffer.wrap(pack);
        if (fields.getInt(start) != MAGIC) {
            throw new IllegalStateException("there is no record at byte " + start);
        }
        return start + HEADER + fields.getInt(start + 5);
    }

    private static void signRecords(byte[] bytes) {
        for (int start = PACK_HEADER; start < bytes.length;) {
            int end = end(bytes, start);
            if (bytes[start + 4] == SEAL) {
                // One manifest, which ends eight bytes before the record does, with a check sum of its own.
                int hash = start;
                while (!hex(bytes, hash)) {
                    hash++;
                }
                int manifest = hash - 2 - 3 * Long.BYTES;
                int sum = end - Long.BYTES - Integer.BYTES;
                CRC32C crc = new CRC32C();
                crc.update(bytes, manifest, sum - manifest);
                ByteBuffer.wrap(bytes).putInt(sum, (int) crc.getValue());
            }
            CRC32C crc = new CRC32C();
            crc.update(bytes, start + 4, 5);
            crc.update(bytes, start + HEADER, end - start - HEADER);
            ByteBuffer.wrap(bytes).putInt(start + 9, (int) crc.getValue());
            start = end;
        }
    }

    /** Whether a SHA-256 begins here, spelt out. */
    private static boolean hex(byte[] bytes, int at) {
        for (int i = at; i < at + 64; i++) {
            if (Character.digit(bytes[i], 16) < 0) {
                return false;
            }
        }
        return true;
    }

    /** The content hash of the first snapshot, whose contents are the first ones of a pack. */
    private static String contentHash(byte[] bytes) {
        MessageDigest digest = digest();
        Map<String, byte[]> hashes = new TreeMap<>();
        for (int start = PACK_HEADER; bytes[start + 4] != SEAL; start = end(bytes, start)) {
            byte[] content = Arrays.copyOfRange(bytes, start + HEADER + PART_HEAD, end(bytes, start));
            hashes.put(path(content), sha256(content));
        }
        hashes.forEach((path, hash) -> {
            digest.update(path.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            digest.update((byte) (path.equals("run.sh") ? 'x' : 'f'));
            digest.update(hash);
        });
        return HexFormat.of().formatHex(digest.digest());
    }

    /** The file that a content is of, although a bit of it may be another one: no two are of the same length. */
    private static String path(byte[] content) {
        return FIRST.entrySet().stream().filter(file -> file.getValue().length() - (file.getValue().startsWith("x") ? 1 : 0) == content.length)
                .findFirst().orElseThrow().getKey();
    }

    private static void replace(byte[] bytes, byte[] was, byte[] is) {
        for (int at = 0; at + was.length <= bytes.length; at++) {
            if (Arrays.equals(bytes, at, at + was.length, was, 0, was.length)) {
                System.arraycopy(is, 0, bytes, at, is.length);
            }
        }
    }

    private static byte[] sha256(byte[] bytes) {
        return digest().digest(bytes);
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
