package dev.autosync.core.patch;

import dev.autosync.patch.FileContent;
import dev.autosync.patch.FileEdit;
import dev.autosync.patch.Footprint;
import dev.autosync.patch.NearestMatch;
import dev.autosync.patch.Patch;
import dev.autosync.patch.PatchLimits;
import dev.autosync.spi.FileTree;
import dev.autosync.spi.PatchPlan;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Plans the changes of one agent's patch over a tree: all of its paths first, then one change after the other, all of them or none. */
final class TextPlanner {
    static final Set<String> OPTIONS = Set.of("encoding");
    private static final int MAX_NOTES = 20;

    private final DiffTree tree;
    private final PatchLimits limits;
    private final @Nullable Charset encoding;
    private final DiffWork work = new DiffWork(DiffWork.MAX_STEPS);
    private final List<String> notes = new ArrayList<>();
    private final Set<String> undecided = new HashSet<>();
    private final Footprint.Builder footprint = Footprint.builder();
    private @Nullable SectionResult ambiguous;

    private TextPlanner(FileTree tree, PatchLimits limits, @Nullable Charset encoding) {
        this.tree = new DiffTree(tree);
        this.limits = limits;
        this.encoding = encoding;
    }

    static PatchPlan plan(Patch patch, List<TextChange> changes, FileTree tree, PatchLimits limits) throws DiffRefused {
        return new TextPlanner(tree, limits, encoding(patch)).plan(changes);
    }

    private static @Nullable Charset encoding(Patch patch) throws DiffRefused {
        String name = patch.options().get("encoding");
        if (name == null) {
            return null;
        }
        try {
            Charset charset = Charset.forName(name);
            if (charset.canEncode()) {
                return charset;
            }
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            // Said below.
        }
        throw DiffRefused.option("encoding", "the name of an encoding that Java can write, such as windows-1252");
    }

    private PatchPlan plan(List<TextChange> changes) throws DiffRefused {
        look(changes);
        for (TextChange change : changes) {
            if (undecided.contains(change.path()) || undecided.contains(change.target())) {
                continue;
            }
            boolean untouched = tree.isUntouched(change.path());
            SectionResult result = apply(change);
            touch(change, untouched ? result.footprint() : null);
            switch (result.verdict()) {
                case CONFLICT -> {
                    NearestMatch nearest = result.nearest();
                    return nearest == null ? PatchPlan.conflict(result.reason()) : PatchPlan.conflict(result.reason(), nearest);
                }
                case AMBIGUOUS -> {
                    undecided.add(change.path());
                    undecided.add(change.target());
                    ambiguous = ambiguous == null ? result : ambiguous;
                }
                case DONE -> notes.add(result.reason());
                case CHANGED -> notes.addAll(result.notes());
            }
        }
        if (ambiguous != null) {
            return PatchPlan.ambiguous(ambiguous.reason(), ambiguous.places());
        }
        List<FileEdit> edits = tree.edits();
        String note = note();
        PatchPlan plan = edits.isEmpty()
                ? PatchPlan.alreadyApplied(note.isEmpty() ? "the files already are as the patch would make them" : note)
                : PatchPlan.edits(edits, note);
        return plan.withFootprint(footprint.build());
    }

    /** Reads every file that the patch names, which is where the tree refuses a path that may not be touched. */
    private void look(List<TextChange> changes) throws DiffRefused {
        Set<String> named = new HashSet<>();
        for (TextChange change : changes) {
            DiffNames.check(change.path(), change.line());
            DiffNames.check(change.target(), change.line());
            named.add(change.target());
            if (named.size() > limits.maxFiles()) {
                throw DiffRefused.limit("the patch changes more than " + limits.maxFiles() + " files");
            }
            tree.current(change.path());
            tree.current(change.target());
        }
    }

    private void touch(TextChange change, @Nullable Footprint lines) {
        if (lines != null && change.kind() == TextChange.Kind.UPDATE && change.movedTo() == null) {
            lines.reads().forEach(footprint::reads);
            lines.changes().forEach(footprint::changes);
        } else {
            footprint.changes(Footprint.Place.file(change.path())).changes(Footprint.Place.file(change.target()));
        }
    }

    private SectionResult apply(TextChange change) throws DiffRefused {
        return switch (change.kind()) {
            case CREATE -> create(change);
            case DELETE -> delete(change);
            case UPDATE -> update(change);
        };
    }

    private SectionResult create(TextChange change) throws DiffRefused {
        StringBuilder text = new StringBuilder();
        change.content().forEach(line -> text.append(line).append('\n'));
        FileContent content = FileContent.of(bounded(change.path(), text.toString().getBytes(StandardCharsets.UTF_8)));
        Optional<FileContent> there = tree.current(change.path());
        if (there.isPresent() && Arrays.equals(there.get().bytes(), content.bytes())) {
            return SectionResult.done(shown(change.path()) + " is there already, with the same content");
        }
        if (there.isPresent() && !(change.fillsEmpty() && there.get().size() == 0)) {
            return SectionResult.conflict("line " + change.line() + " of the patch: " + shown(change.path())
                    + " is there already, with other content");
        }
        tree.put(change.path(), there.map(empty -> empty.bytes(content.bytes())).orElse(content));
        return SectionResult.changed(content.bytes(), List.of());
    }

    private SectionResult delete(TextChange change) {
        if (tree.current(change.path()).isEmpty()) {
            return notThere(change);
        }
        tree.remove(change.path());
        return SectionResult.changed(new byte[0], List.of());
    }

    private SectionResult update(TextChange change) throws DiffRefused {
        Optional<FileContent> source = tree.current(change.path());
        Optional<FileContent> there = tree.current(change.target());
        String movedTo = change.movedTo();
        if (source.isEmpty()) {
            boolean moved = movedTo != null && there.isPresent()
                    && (change.hunks().isEmpty() || hunks(change, there.get()).verdict() == SectionResult.Verdict.DONE);
            return moved ? SectionResult.done(shown(change.path()) + " is " + shown(change.target()) + " already") : notThere(change);
        }
        SectionResult result = change.hunks().isEmpty() ? SectionResult.changed(source.get().bytes(), List.of()) : hunks(change, source.get());
        if (movedTo == null) {
            if (result.verdict() == SectionResult.Verdict.CHANGED) {
                tree.put(change.path(), source.get().bytes(bounded(change.path(), result.content())));
            }
            return result;
        }
        if (result.verdict() != SectionResult.Verdict.CHANGED && result.verdict() != SectionResult.Verdict.DONE) {
            return result;
        }
        if (there.isPresent()) {
            return SectionResult.conflict("line " + change.line() + " of the patch: " + shown(movedTo) + " is there already");
        }
        boolean changed = result.verdict() == SectionResult.Verdict.CHANGED;
        tree.put(movedTo, changed ? source.get().bytes(bounded(movedTo, result.content())) : source.get());
        tree.remove(change.path());
        return changed ? result : SectionResult.changed(source.get().bytes(), List.of(result.reason()));
    }

    private SectionResult hunks(TextChange change, FileContent content) throws DiffRefused {
        bounded(change.path(), content.bytes());
        work.spend(2L * content.size());
        TextFile file = TextFile.of(content.bytes(), encoding);
        if (file.lines().size() > limits.maxLines()) {
            throw DiffRefused.limit(shown(change.path()) + " has more than " + limits.maxLines() + " lines");
        }
        return TextHunks.apply(change.path(), file, change.hunks(), change.inOrder(), work);
    }

    private byte[] bounded(String path, byte[] content) throws DiffRefused {
        if (content.length > limits.maxFileBytes()) {
            throw DiffRefused.limit(shown(path) + " has more than " + limits.maxFileBytes() + " bytes, or would have");
        }
        return content;
    }

    private static SectionResult notThere(TextChange change) {
        return SectionResult.conflict("line " + change.line() + " of the patch: " + shown(change.path()) + " is not there");
    }

    private static String shown(String path) {
        return HunkReport.shown(path);
    }

    private String note() {
        List<String> first = notes.size() > MAX_NOTES ? notes.subList(0, MAX_NOTES) : notes;
        return String.join("; ", first) + (notes.size() > MAX_NOTES ? "; and " + (notes.size() - MAX_NOTES) + " more" : "");
    }
}
