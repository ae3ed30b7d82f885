package dev.autosync.core.snapshot;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is left out in one folder and below: its own {@code .gitignore} file first, then those of the folders above, then
 * {@code .git/info/exclude}. Threads: immutable.
 */
final class IgnoreRules {
    private final @Nullable IgnoreRules above;
    private final @Nullable IgnoreFile file;
    private final int from;
    private final byte[] sha256;

    private IgnoreRules(@Nullable IgnoreRules above, @Nullable IgnoreFile file, int from, byte[] sha256) {
        this.above = above;
        this.file = file;
        this.from = from;
        this.sha256 = sha256;
    }

    /**
     * The rules that hold before any {@code .gitignore} file was found.
     *
     * @param settings what else tells what is left out; other settings are other rules
     * @param exclude patterns for the whole tree, or null
     */
    static IgnoreRules root(List<String> settings, @Nullable IgnoreFile exclude) {
        MessageDigest digest = Sha256.digest();
        settings.forEach(setting -> digest.update((setting.length() + " " + setting).getBytes(StandardCharsets.UTF_8)));
        if (exclude != null) {
            exclude.addTo(digest);
        }
        return new IgnoreRules(null, exclude, 0, digest.digest());
    }

    /**
     * The rules in a folder below the one of these.
     *
     * @param prefix what the paths in that folder begin with
     * @param own its {@code .gitignore} file, or null
     * @param before the rules of that folder earlier, which are given back if they are the same
     */
    IgnoreRules within(String prefix, @Nullable IgnoreFile own, @Nullable IgnoreRules before) {
        if (own == null) {
            return this;
        }
        if (before != null && before.file == own && before.above != null && before.above.same(sha256)) {
            return before;
        }
        MessageDigest digest = Sha256.digest();
        digest.update(sha256);
        byte[] folder = PathBytes.of(prefix);
        digest.update(folder);
        own.addTo(digest);
        return new IgnoreRules(this, own, folder.length, digest.digest());
    }

    /** Whether rules of this hash are the same. */
    boolean same(byte[] hash) {
        return hash == sha256 || Arrays.equals(hash, sha256);
    }

    /** The hash of everything that these rules depend on. */
    byte[] sha256() {
        return sha256;
    }

    /** The file of patterns that belongs to this folder itself, or null. */
    @Nullable IgnoreFile file() {
        return file;
    }

    /** Whether any file may be left out by patterns. */
    boolean any() {
        return file != null || above != null && above.any();
    }

    /**
     * Whether a file of this folder is left out.
     *
     * @param path its path as bytes, with {@code /}
     * @param name where its name begins
     */
    boolean leaveOut(byte[] path, int name, boolean folder) {
        for (IgnoreRules rules = this; rules != null; rules = rules.above) {
            Boolean verdict = rules.file == null ? null : rules.file.verdict(path, rules.from, name, folder);
            if (verdict != null) {
                return verdict;
            }
        }
        return false;
    }

    @Override
    public String toString() {
        return Objects.toString(file == null ? null : file.file()) + (above == null ? "" : ", " + above);
    }
}
