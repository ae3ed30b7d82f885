package dev.autosync.patch;

import dev.autosync.spi.PatchFormat;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A change that is kept whole or not at all: text in one of the known formats.
 *
 * <p>Built-in formats: {@code unified-diff} (git's dialect), {@code json-patch} (RFC 6902), {@code merge-patch} (RFC 7396),
 * {@code apply-patch} and {@code search-replace} (what coding agents write), {@code write-file}, {@code delete-file} and
 * {@code move-file}; plugins add more. The content is untrusted until it was planned.
 * Threads: immutable.
 *
 * @since 0.1.0
 */
public final class Patch {
    private final String id;
    private final String format;
    private final @Nullable String target;
    private final byte[] content;
    private final List<String> needs;
    private final String description;
    private final @Nullable String expectedSha256;
    private final String author;
    private final SortedMap<String, String> options;
    private final SortedMap<String, Optional<String>> expects;
    private final List<String> emptyFolders;

    private Patch(Builder builder) {
        this.id = builder.id;
        this.format = builder.format;
        this.target = builder.target;
        this.content = builder.content;
        this.needs = List.copyOf(builder.needs);
        this.description = builder.description;
        this.expectedSha256 = builder.expectedSha256;
        this.author = builder.author;
        this.options = Collections.unmodifiableSortedMap(new TreeMap<>(builder.options));
        this.expects = Collections.unmodifiableSortedMap(new TreeMap<>(builder.expects));
        this.emptyFolders = List.copyOf(builder.emptyFolders);
    }

    /**
     * A unified diff, over one file or many.
     *
     * @param id unique in its batch
     * @param diff what {@code git diff} or {@code diff -u} prints
     * @return the patch
     */
    public static Patch unifiedDiff(String id, String diff) {
        return builder(id, "unified-diff").content(diff).build();
    }

    /**
     * A JSON Patch (RFC 6902) on one file, whose other bytes stay as they are.
     *
     * @param id unique in its batch
     * @param target the file, relative to the workspace, with {@code /}
     * @param operations the JSON array of operations
     * @return the patch
     */
    public static Patch jsonPatch(String id, String target, String operations) {
        return builder(id, "json-patch").target(target).content(operations).build();
    }

    /**
     * A JSON Merge Patch (RFC 7396) on one file, whose other bytes stay as they are.
     *
     * @param id unique in its batch
     * @param target the file, relative to the workspace, with {@code /}
     * @param json the merge patch
     * @return the patch
     */
    public static Patch mergePatch(String id, String target, String json) {
        return builder(id, "merge-patch").target(target).content(json).build();
    }

    /**
     * A whole file: created, or replaced with its right to be executed kept.
     *
     * @param id unique in its batch
     * @param target the file, relative to the workspace, with {@code /}
     * @param bytes what it is to hold
     * @return the patch
     */
    public static Patch write(String id, String target, byte[] bytes) {
        return builder(id, "write-file").target(target).content(bytes).build();
    }

    /**
     * The end of a file.
     *
     * @param id unique in its batch
     * @param target the file, relative to the workspace, with {@code /}
     * @return the patch
     */
    public static Patch delete(String id, String target) {
        return builder(id, "delete-file").target(target).build();
    }

    /**
     * Another path for a file, whose bytes and right to be executed are kept.
     *
     * @param id unique in its batch
     * @param from the file, relative to the workspace, with {@code /}
     * @param to its new path, where nothing may be yet
     * @return the patch
     */
    public static Patch move(String id, String from, String to) {
        return builder(id, "move-file").target(from).content(to).build();
    }

    /**
     * A patch in any format.
     *
     * @param id unique in its batch: 1 to 200 letters, digits and {@code . _ - / + @ : #}
     * @param format the format's name
     * @return a builder
     * @throws IllegalArgumentException if the id is not as described or the format blank
     */
    public static Builder builder(String id, String format) {
        return new Builder(id, format);
    }

    /**
     * The name of the patch.
     *
     * @return unique in its batch
     */
    public String id() {
        return id;
    }

    /**
     * The format's name.
     *
     * @return for example {@code unified-diff}
     */
    public String format() {
        return format;
    }

    /**
     * The file it is for, where the format does not name files itself.
     *
     * @return a path relative to the workspace as it was given, not yet checked
     */
    public Optional<String> target() {
        return Optional.ofNullable(target);
    }

    /**
     * The text of the patch.
     *
     * @return a copy of its bytes
     */
    public byte[] content() {
        return content.clone();
    }

    /**
     * How long the patch is.
     *
     * @return bytes of its content
     */
    public int size() {
        return content.length;
    }

    /**
     * The text of the patch, read as UTF-8.
     *
     * @return malformed bytes become U+FFFD
     */
    public String text() {
        return new String(content, StandardCharsets.UTF_8);
    }

    /**
     * The patches that must land before this one.
     *
     * @return their ids
     */
    public List<String> needs() {
        return needs;
    }

    /**
     * What the patch is for, in its author's words.
     *
     * @return untrusted text; empty if there is none
     */
    public String description() {
        return description;
    }

    /**
     * Who made the patch.
     *
     * @return untrusted text, for example a name and an address as git has them; empty if nobody says
     */
    public String author() {
        return author;
    }

    /**
     * How the patch wants to be applied, as its format understands it.
     *
     * @return values by names, in the order of the names; immutable
     */
    public SortedMap<String, String> options() {
        return options;
    }

    /**
     * What the target must hold for the patch to apply.
     *
     * @return the SHA-256 of its bytes, 64 lower-case hexadecimal digits; empty if anything will do
     */
    public Optional<String> expectedSha256() {
        return Optional.ofNullable(expectedSha256);
    }

    /**
     * What files must hold for the patch to apply, whatever its format looks at.
     *
     * @return by paths, in their order, the SHA-256 of the bytes as 64 lower-case hexadecimal digits, or empty for a file that must not be there;
     *     immutable
     */
    public SortedMap<String, Optional<String>> expects() {
        return expects;
    }

    /**
     * The folders that go when the patch has landed, if it has deleted something in them and nothing is in them then.
     *
     * @return paths relative to the workspace, not yet checked, each before those that lie in it
     */
    public List<String> emptyFolders() {
        return emptyFolders;
    }

    /**
     * Tells the patch from every other, byte by byte: the digest of format, target and content as they are.
     *
     * @return {@code v0:sha256:} and 64 lower-case hexadecimal digits
     */
    public String checksum() {
        return "v0:sha256:" + sha256(format + "\0" + (target == null ? "" : target) + "\0", content);
    }

    /**
     * Tells what the patch asks for: the digest of format, target, options and {@linkplain PatchFormat#normalForm normal form}. It stays the same
     * when the text of the patch is only laid out anew.
     *
     * @param format the patch's format
     * @return {@code v1:sha256:} and 64 lower-case hexadecimal digits
     * @throws IllegalArgumentException if the patch is of another format
     */
    public String checksum(PatchFormat format) {
        if (!format.name().equals(this.format)) {
            throw new IllegalArgumentException("format must be '" + this.format + "', was '" + format.name() + "'");
        }
        StringBuilder head = new StringBuilder("v1\0").append(this.format).append('\0').append(target == null ? "" : target).append('\0');
        options.forEach((name, value) -> head.append(name.length()).append(':').append(name).append(value.length()).append(':').append(value));
        return "v1:sha256:" + sha256(head.append('\0').toString(), format.normalForm(this));
    }

    private static String sha256(String head, byte[] content) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(head.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return id + " (" + format + (target == null ? "" : " on " + target) + ")";
    }

    /** Builds a patch. Not safe to share between threads. */
    public static final class Builder {
        private final String id;
        private final String format;
        private @Nullable String target;
        private byte[] content = {};
        private final Set<String> needs = new LinkedHashSet<>();
        private String description = "";
        private @Nullable String expectedSha256;
        private String author = "";
        private final Map<String, String> options = new TreeMap<>();
        private final Map<String, Optional<String>> expects = new TreeMap<>();
        private final Set<String> emptyFolders = new LinkedHashSet<>();

        private Builder(String id, String format) {
            if (!id.matches("[\\p{L}\\p{Nd}._/+@:#-]{1,200}")) {
                throw new IllegalArgumentException("id must be 1 to 200 letters, digits and . _ - / + @ : #");
            }
            if (format.isBlank()) {
                throw new IllegalArgumentException("format must not be blank");
            }
            this.id = id;
            this.format = format;
        }

        /**
         * Sets the file it is for.
         *
         * @param path relative to the workspace, with {@code /}; checked when the patch is planned
         * @return this
         */
        public Builder target(String path) {
            this.target = Objects.requireNonNull(path, "path");
            return this;
        }

        /**
         * Sets the text.
         *
         * @param text kept as UTF-8
         * @return this
         */
        public Builder content(String text) {
            this.content = text.getBytes(StandardCharsets.UTF_8);
            return this;
        }

        /**
         * Sets the bytes.
         *
         * @param bytes copied
         * @return this
         */
        public Builder content(byte[] bytes) {
            this.content = bytes.clone();
            return this;
        }

        /**
         * Adds patches of the same batch that must land before this one. If one of them does not, this one is dropped.
         *
         * @param ids their ids
         * @return this
         */
        public Builder needs(String... ids) {
            this.needs.addAll(List.of(ids));
            return this;
        }

        /**
         * Says what the patch is for.
         *
         * @param text one line or a few
         * @return this
         */
        public Builder description(String text) {
            this.description = Objects.requireNonNull(text, "text");
            return this;
        }

        /**
         * Says who made the patch.
         *
         * @param text for example a name and an address as git has them
         * @return this
         */
        public Builder author(String text) {
            this.author = Objects.requireNonNull(text, "text");
            return this;
        }

        /**
         * Says how the patch wants to be applied. Which options there are is the format's; a patch with one that its format does not know
         * is refused.
         *
         * @param name the option
         * @param value its value; the last one counts
         * @return this
         */
        public Builder option(String name, String value) {
            this.options.put(Objects.requireNonNull(name, "name"), Objects.requireNonNull(value, "value"));
            return this;
        }

        /**
         * Makes the patch apply only if the target holds exactly these bytes.
         *
         * @param hex their SHA-256, 64 hexadecimal digits
         * @return this
         * @throws IllegalArgumentException if it is anything else
         */
        public Builder expectedSha256(String hex) {
            this.expectedSha256 = digest(hex, "expectedSha256");
            return this;
        }

        /**
         * Makes the patch apply only if a file holds exactly these bytes. For formats that name their files themselves; may be called for many.
         *
         * @param path the file, relative to the workspace, with {@code /}
         * @param hex their SHA-256, 64 hexadecimal digits
         * @return this
         * @throws IllegalArgumentException if it is anything else
         */
        public Builder expects(String path, String hex) {
            this.expects.put(Objects.requireNonNull(path, "path"), Optional.of(digest(hex, "hex")));
            return this;
        }

        /**
         * Makes the patch apply only if a file is not there.
         *
         * @param path the file, relative to the workspace, with {@code /}
         * @return this
         */
        public Builder expectsAbsent(String path) {
            this.expects.put(Objects.requireNonNull(path, "path"), Optional.empty());
            return this;
        }

        /**
         * Adds folders that go when the patch has landed, if it has deleted something in them and nothing is in them then.
         *
         * @param paths relative to the workspace, with {@code /}, each before those that lie in it
         * @return this
         */
        public Builder emptyFolders(String... paths) {
            this.emptyFolders.addAll(List.of(paths));
            return this;
        }

        private static String digest(String hex, String name) {
            if (!hex.matches("[0-9a-fA-F]{64}")) {
                throw new IllegalArgumentException(name + " must be 64 hexadecimal digits");
            }
            return hex.toLowerCase(Locale.ROOT);
        }

        /**
         * Builds the patch.
         *
         * @return the patch
         */
        public Patch build() {
            return new Patch(this);
        }
    }
}
