package dev.autosync.github.git;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.attributes.Attribute;
import org.eclipse.jgit.attributes.AttributesRule;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.Constants;
import org.jspecify.annotations.Nullable;

/**
 * Whether git would store a file with other bytes than it has in the workspace: through a filter, another encoding, line ends or
 * {@code $Id$}. AutoSync publishes the bytes that were tested and runs no filter, so such a file is refused.
 *
 * <p>The attributes that count are those of the workspace's files, and of the last commit where the workspace has no such file, as for
 * {@code git add}; those of the publication itself if it changes them; and {@code info/attributes}. Attributes of the user are not read.
 */
public final class Conversions {
    private static final int MAX_ATTRIBUTES = 1 << 20;
    private static final String FILE = ".gitattributes";

    private record Rule(String folder, AttributesRule rule) {
        boolean matches(String path) {
            return path.startsWith(folder) && !rule.isDirOnly() && rule.isMatch(path.substring(folder.length()), false);
        }
    }

    private final Path workspace;
    private final GitFolder folder;
    private final ObjectStore store;
    private final Tree last;
    private final Map<String, byte @Nullable []> changed;
    private final Map<String, List<Rule>> byFolder = new HashMap<>();
    private final Map<String, List<Attribute>> macros = new HashMap<>();
    private final List<Rule> own;

    /**
     * Looks at the attributes of a workspace.
     *
     * @param last the tree of the last commit
     * @param changed the attribute files that the publication changes, null for those that it deletes
     */
    public Conversions(Path workspace, GitFolder folder, ObjectStore store, Tree last, Map<String, byte @Nullable []> changed)
            throws IOException {
        this.workspace = workspace;
        this.folder = folder;
        this.store = store;
        this.last = last;
        this.changed = changed;
        macros.put("binary", List.of(new Attribute("text", Attribute.State.UNSET)));
        rules("");
        this.own = parse("", folder.read("info/attributes", MAX_ATTRIBUTES).orElse(new byte[0]), true);
    }

    /** Why a content cannot be published at a path as it is; empty if it can. */
    public Optional<String> problem(String path, byte[] content) throws IOException {
        Map<String, Attribute> attributes = attributes(path);
        String filter = value(attributes.get("filter"));
        if (filter != null) {
            return Optional.of("the attribute filter=" + filter + " asks for a program, as Git LFS does, and AutoSync runs none");
        }
        String encoding = value(attributes.get("working-tree-encoding"));
        if (encoding != null && !encoding.equalsIgnoreCase("UTF-8")) {
            return Optional.of("the attribute working-tree-encoding=" + encoding + " would change its bytes");
        }
        if (isSet(attributes.get("ident")) && contains(content, "$Id:")) {
            return Optional.of("the attribute ident would change its bytes");
        }
        if (contains(content, "\r\n") && changesLineEnds(attributes, content)) {
            return Optional.of("its line ends are CRLF and its attributes or core.autocrlf would change them");
        }
        return Optional.empty();
    }

    private boolean changesLineEnds(Map<String, Attribute> attributes, byte[] content) {
        Attribute text = attributes.containsKey("text") ? attributes.get("text") : attributes.get("crlf");
        if (text != null && text.getState() == Attribute.State.UNSET) {
            return false;
        }
        boolean auto = text != null && "auto".equals(value(text));
        if (isSet(text) || text != null && !auto && value(text) != null || !auto && value(attributes.get("eol")) != null) {
            return true;
        }
        Config config = folder.config();
        String autocrlf = String.valueOf(config.getString("core", null, "autocrlf")).toLowerCase(Locale.ROOT);
        boolean configured = !autocrlf.equals("null") && !autocrlf.equals("false") && !autocrlf.equals("no") && !autocrlf.equals("0");
        return (auto || configured) && !isBinary(content);
    }

    /** As git decides for text=auto, but careful: what is not surely binary counts as text. */
    private static boolean isBinary(byte[] content) {
        for (byte b : content) {
            if (b == 0) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable String value(@Nullable Attribute attribute) {
        return attribute != null && attribute.getState() == Attribute.State.CUSTOM ? attribute.getValue() : null;
    }

    private static boolean isSet(@Nullable Attribute attribute) {
        return attribute != null && attribute.getState() == Attribute.State.SET;
    }

    /** The later a rule stands and the deeper its file, the more it counts. */
    private Map<String, Attribute> attributes(String path) throws IOException {
        Map<String, Attribute> attributes = new LinkedHashMap<>();
        for (int slash = 0; slash >= 0; slash = path.indexOf('/', slash + 1)) {
            collect(rules(slash == 0 ? "" : path.substring(0, slash + 1)), path, attributes);
        }
        collect(own, path, attributes);
        return attributes;
    }

    private void collect(List<Rule> rules, String path, Map<String, Attribute> into) {
        for (Rule rule : rules) {
            if (rule.matches(path)) {
                rule.rule().getAttributes().forEach(attribute -> put(attribute, into, 0));
            }
        }
    }

    private void put(Attribute attribute, Map<String, Attribute> into, int depth) {
        into.put(attribute.getKey(), attribute);
        if (attribute.getState() == Attribute.State.SET && depth < 16) {
            macros.getOrDefault(attribute.getKey(), List.of()).forEach(part -> put(part, into, depth + 1));
        }
    }

    private List<Rule> rules(String inFolder) throws IOException {
        List<Rule> rules = byFolder.get(inFolder);
        if (rules == null) {
            rules = parse(inFolder, read(inFolder + FILE), inFolder.isEmpty());
            byFolder.put(inFolder, rules);
        }
        return rules;
    }

    private byte[] read(String path) throws IOException {
        if (changed.containsKey(path)) {
            byte @Nullable [] content = changed.get(path);
            return content == null ? new byte[0] : content;
        }
        if (isRealFile(path)) {
            return GitFolder.readRegular(workspace.resolve(path), MAX_ATTRIBUTES).orElse(new byte[0]);
        }
        Optional<Tree.Entry> committed = last.find(path).filter(entry -> !entry.isFolder());
        return committed.isPresent() ? store.get(committed.get().id(), Constants.OBJ_BLOB).bytes() : new byte[0];
    }

    /** A link on the way would lead to somebody else's attributes; git does not take them from a link either. */
    private boolean isRealFile(String path) {
        Path at = workspace;
        for (String name : path.split("/")) {
            if (!at.equals(workspace) && !Files.isDirectory(at, LinkOption.NOFOLLOW_LINKS)) {
                return false;
            }
            at = at.resolve(name);
        }
        return Files.isRegularFile(at, LinkOption.NOFOLLOW_LINKS);
    }

    private List<Rule> parse(String inFolder, byte[] bytes, boolean mayDefineMacros) {
        List<Rule> rules = new ArrayList<>();
        for (String raw : new String(bytes, StandardCharsets.UTF_8).split("\n")) {
            String line = raw.strip();
            if (line.isEmpty() || line.startsWith("#") || line.startsWith("!")) {
                continue;
            }
            int end = line.startsWith("\"") ? line.indexOf('"', 1) : endOfWord(line);
            String pattern = line.startsWith("\"") && end > 0 ? line.substring(1, end) : line.substring(0, Math.max(end, 0));
            String attributes = end < 0 ? "" : line.substring(end + 1).strip();
            if (pattern.startsWith("[attr]") && mayDefineMacros) {
                macros.put(pattern.substring("[attr]".length()), new AttributesRule("*", attributes).getAttributes());
            } else if (!pattern.isEmpty()) {
                rules.add(new Rule(inFolder, new AttributesRule(pattern, attributes)));
            }
        }
        return rules;
    }

    private static int endOfWord(String line) {
        for (int i = 0; i < line.length(); i++) {
            if (line.charAt(i) == ' ' || line.charAt(i) == '\t') {
                return i;
            }
        }
        return -1;
    }

    private static boolean contains(byte[] content, String text) {
        return new String(content, StandardCharsets.ISO_8859_1).contains(text);
    }
}
