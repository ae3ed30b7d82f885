package dev.autosync.core.patch;

import dev.autosync.core.text.GitBlob;
import dev.autosync.patch.FileContent;
import dev.autosync.patch.FileEdit;
import dev.autosync.patch.Footprint;
import dev.autosync.patch.NearestMatch;
import dev.autosync.spi.FileTree;
import dev.autosync.spi.PatchPlan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Plans the sections of one diff over a tree: first whether all of its paths may be touched, then one section after the other. */
final class DiffPlanner {
    private static final int MAX_NOTES = 20;
    private static final byte[] NO_BYTES = {};

    private final UnifiedDiffParser.Parsed patch;
    private final DiffTree tree;
    private final DiffSettings settings;
    private final DiffWork work = new DiffWork(DiffWork.MAX_STEPS);

    private final Set<String> renamed = new HashSet<>();
    private final List<String> notes = new ArrayList<>();
    private final Set<String> undecided = new HashSet<>();
    private final List<String> places = new ArrayList<>();
    private final Footprint.Builder footprint = Footprint.builder();
    private String ambiguity = "";

    DiffPlanner(UnifiedDiffParser.Parsed patch, FileTree tree, DiffSettings settings) {
        this.patch = patch;
        this.settings = settings;
        this.tree = new DiffTree(tree);
    }

    PatchPlan plan() throws DiffRefused {
        List<DiffSection> sections = new ArrayList<>();
        Set<String> made = new HashSet<>();
        List<String> trouble = new ArrayList<>();
        for (FileDiff diff : patch.sections()) {
            DiffSection section = locate(diff, made, trouble);
            if (section != null) {
                made.add(section.to());
                sections.add(section);
                if (made.size() > settings.limits().maxFiles()) {
                    throw DiffRefused.limit("the patch changes more than " + settings.limits().maxFiles() + " files");
                }
                if (diff.kind() == FileDiff.Kind.RENAME) {
                    renamed.add(section.from());
                }
            }
        }
        if (!trouble.isEmpty()) {
            return PatchPlan.conflict(trouble.get(0));
        }
        for (DiffSection section : sections) {
            if (undecided.contains(section.from()) || undecided.contains(section.to())) {
                continue;
            }
            boolean untouched = tree.isUntouched(section.from());
            SectionResult result = apply(section);
            touch(section, untouched ? result.footprint() : null);
            switch (result.verdict()) {
                case CONFLICT -> {
                    NearestMatch nearest = result.nearest();
                    return nearest == null ? PatchPlan.conflict(result.reason()) : PatchPlan.conflict(result.reason(), nearest);
                }
                case AMBIGUOUS -> {
                    undecided.add(section.from());
                    undecided.add(section.to());
                    ambiguous(result.reason(), result.places());
                }
                case DONE -> notes.add(result.reason());
                case CHANGED -> notes.addAll(result.notes());
            }
        }
        if (!places.isEmpty()) {
            return PatchPlan.ambiguous(ambiguity, places);
        }
        List<FileEdit> edits = tree.edits();
        if (edits.isEmpty()) {
            return PatchPlan.alreadyApplied(notes.isEmpty() ? "the files already are as the patch would make them" : note())
                    .withFootprint(footprint.build());
        }
        return PatchPlan.edits(edits, note()).withFootprint(footprint.build());
    }

    /** Lines count as places only in a file that nothing but hunks changes, and those of one section: lines of later ones have moved. */
    private void touch(DiffSection section, @Nullable Footprint lines) {
        FileDiff diff = section.diff();
        boolean copied = diff.kind() == FileDiff.Kind.COPY;
        if (lines != null && diff.kind() == FileDiff.Kind.MODIFY && diff.mode() == 0) {
            lines.reads().forEach(footprint::reads);
            lines.changes().forEach(footprint::changes);
            return;
        }
        Footprint.Place from = Footprint.Place.file(section.from());
        footprint.changes(Footprint.Place.file(section.to()));
        if (copied) {
            footprint.reads(from);
        } else {
            footprint.changes(from);
        }
    }

    /** Finds the files of a section, and reads each of them so that the tree can refuse it. Null if there is no such file. */
    private @Nullable DiffSection locate(FileDiff diff, Set<String> made, List<String> trouble)
            throws DiffRefused {
        if (diff.exactNames()) {
            int strip = Math.max(0, settings.strip() - 1);
            String from = DiffNames.stripped(String.valueOf(diff.oldName()), strip, diff.line());
            String to = DiffNames.stripped(String.valueOf(diff.newName()), strip, diff.line());
            DiffNames.check(from, diff.line());
            DiffNames.check(to, diff.line());
            tree.current(from);
            tree.current(to);
            return new DiffSection(diff, from, to);
        }
        List<String> possible = DiffNames.possible(diff, settings.strip());
        List<String> existing = DiffNames.resolve(diff, settings.strip(), path -> tree.current(path).isPresent() || made.contains(path));
        if (existing.size() == 1) {
            tree.current(existing.get(0));
            return new DiffSection(diff, existing.get(0), existing.get(0));
        }
        if (existing.isEmpty() && startsEmpty(diff)) {
            String path = possible.get(possible.size() - 1);
            return new DiffSection(diff, path, path);
        }
        List<String> shown = possible.stream().map(HunkReport::shown).toList();
        if (existing.isEmpty()) {
            trouble.add("there is no file " + String.join(" or ", shown));
            return null;
        }
        int line = diff.hunks().isEmpty() ? 1 : diff.hunks().get(0).statedIndex() + 1;
        ambiguous("line " + diff.line() + " of the patch may mean any of the files " + String.join(", ", shown),
                existing.stream().map(path -> HunkReport.shown(path) + ":" + line).toList());
        return null;
    }

    private void ambiguous(String reason, List<String> where) {
        ambiguity = places.isEmpty() ? reason : ambiguity;
        if (places.size() < HunkPlacer.MAX_PLACES) {
            places.addAll(where);
        }
    }

    private SectionResult apply(DiffSection section) throws DiffRefused {
        return switch (section.diff().kind()) {
            case CREATE -> create(section);
            case DELETE -> delete(section);
            case MODIFY -> modify(section);
            case RENAME, COPY -> move(section);
        };
    }

    private SectionResult create(DiffSection section) throws DiffRefused {
        FileDiff diff = section.diff();
        for (Hunk hunk : diff.hunks()) {
            if (hunk.oldCount > 0 || diff.hunks().size() > 1) {
                throw DiffRefused.malformed(hunk.headerLine, "a new file needs one hunk of added lines");
            }
        }
        SectionResult result = content(section, FileContent.of(NO_BYTES));
        if (result.verdict() != SectionResult.Verdict.CHANGED) {
            return result;
        }
        FileContent after = FileContent.of(result.content()).executable(diff.executable(false));
        Optional<FileContent> there = tree.current(section.to());
        if (there.isEmpty() || isVacated(section.to())) {
            tree.arrive(section.to(), after);
            return result;
        }
        return Arrays.equals(there.get().bytes(), result.content())
                ? SectionResult.done(shown(section.to()) + " is there already, with the same content")
                : SectionResult.conflict(shown(section.to()) + " is there already, with other content");
    }

    private SectionResult delete(DiffSection section) throws DiffRefused {
        FileDiff diff = section.diff();
        Optional<FileContent> there = tree.current(section.from());
        if (there.isEmpty()) {
            return SectionResult.done(shown(section.from()) + " is gone already");
        }
        SectionResult result = content(section, there.get());
        boolean known = GitBlob.matches(there.get().bytes(), diff.oldId());
        boolean emptied = result.verdict() == SectionResult.Verdict.CHANGED && result.content().length == 0;
        if (emptied || known && diff.hunks().isEmpty() && diff.binary() == null) {
            tree.remove(section.from());
            return SectionResult.changed(NO_BYTES, result.notes());
        }
        return result.verdict() == SectionResult.Verdict.CONFLICT ? result : SectionResult.conflict(
                shown(section.from()) + " holds more than the patch deletes");
    }

    private SectionResult modify(DiffSection section) throws DiffRefused {
        Optional<FileContent> there = tree.current(section.from());
        if (there.isEmpty()) {
            if (startsEmpty(section.diff())) {
                return create(section);
            }
            return SectionResult.conflict(shown(section.from()) + " is not there");
        }
        FileContent before = there.get();
        SectionResult result = isNew(section, before) ? done(section) : content(section, before);
        boolean executable = section.diff().executable(before.executable());
        boolean changed = result.verdict() == SectionResult.Verdict.CHANGED;
        if (changed || result.verdict() == SectionResult.Verdict.DONE && executable != before.executable()) {
            FileContent after = (changed ? before.bytes(result.content()) : before).executable(executable);
            if (after.equals(before)) {
                return done(section);
            }
            tree.put(section.to(), after);
        }
        return result;
    }

    private SectionResult move(DiffSection section) throws DiffRefused {
        FileDiff diff = section.diff();
        boolean copy = diff.kind() == FileDiff.Kind.COPY;
        Optional<FileContent> source = tree.source(section.from(), copy);
        Optional<FileContent> there = tree.current(section.to());
        if (section.from().equals(section.to())) {
            throw DiffRefused.malformed(diff.line(), "a file cannot be renamed or copied to itself");
        }
        if (source.isEmpty()) {
            boolean made = !copy && there.isPresent() && (isNew(section, there.get()) || diff.newId().isEmpty()
                    && (diff.hunks().isEmpty() || content(section, there.get()).verdict() == SectionResult.Verdict.DONE));
            return made ? SectionResult.done(shown(section.from()) + " is " + shown(section.to()) + " already")
                    : SectionResult.conflict(shown(section.from()) + " is not there");
        }
        FileContent before = source.get();
        SectionResult result = diff.hunks().isEmpty() && diff.binary() == null ? SectionResult.changed(before.bytes(), List.of())
                : content(section, before);
        if (result.verdict() == SectionResult.Verdict.DONE) {
            result = SectionResult.changed(before.bytes(), List.of(result.reason()));
        }
        if (result.verdict() != SectionResult.Verdict.CHANGED) {
            return result;
        }
        FileContent after = before.bytes(result.content()).executable(diff.executable(before.executable()));
        if (there.isPresent() && !isVacated(section.to())) {
            return copy && there.get().equals(after) ? SectionResult.done(shown(section.to()) + " is there already, with the same content")
                    : SectionResult.conflict(shown(section.to()) + " is there already");
        }
        tree.arrive(section.to(), after);
        if (!copy) {
            tree.leave(section.from());
        }
        return result;
    }

    /** The bytes of a file after the section; DONE if it changes nothing in them or has changed them already. */
    private SectionResult content(DiffSection section, FileContent before) throws DiffRefused {
        FileDiff diff = section.diff();
        byte[] bytes = before.bytes();
        bounded(section, bytes);
        work.spend(2L * bytes.length);
        BinaryChange binary = diff.binary();
        if (binary != null) {
            return binary(section, binary, bytes);
        }
        if (diff.hunks().isEmpty()) {
            return SectionResult.changed(bytes, List.of());
        }
        boolean asMade = GitBlob.matches(bytes, diff.oldId());
        SectionResult result = HunkApplier.apply(patch.bytes(), diff.hunks(), bytes, asMade, section.from(), settings, work);
        bounded(section, result.content());
        return result;
    }

    private void bounded(DiffSection section, byte[] content) throws DiffRefused {
        long most = settings.limits().maxFileBytes();
        if (content.length > most) {
            throw DiffRefused.limit(shown(section.to()) + " has more than " + most + " bytes, or would have");
        }
    }

    private SectionResult binary(DiffSection section, BinaryChange binary, byte[] bytes) throws DiffRefused {
        FileDiff diff = section.diff();
        boolean created = diff.kind() == FileDiff.Kind.CREATE;
        if (!created && binary.before == null && diff.oldId().isEmpty()) {
            throw DiffRefused.malformed(diff.line(), "a binary diff must say, by an index line, what the file held before");
        }
        boolean asMade = created || (binary.before != null ? Arrays.equals(bytes, binary.before) : GitBlob.matches(bytes, diff.oldId()));
        if (!asMade) {
            byte[] literal = binary.literal();
            return (literal != null ? Arrays.equals(bytes, literal) : GitBlob.matches(bytes, diff.newId())) ? done(section)
                    : SectionResult.conflict(shown(section.from()) + " is not the file that the binary diff was made from");
        }
        byte[] after = binary.apply(bytes, settings.limits().maxFileBytes());
        work.spend(after.length);
        if (diff.newId().length() >= GitBlob.MIN_DIGITS && !GitBlob.matches(after, diff.newId())) {
            throw DiffRefused.malformed(diff.line(), "the binary content is not what the index line says it is");
        }
        return SectionResult.changed(after, List.of());
    }

    private boolean isNew(DiffSection section, FileContent content) throws DiffRefused {
        String id = section.diff().newId();
        if (id.isEmpty() || id.equals(section.diff().oldId())) {
            return false;
        }
        work.spend(content.size());
        return GitBlob.matches(content.bytes(), id);
    }

    /** Whether a plain diff makes a file where there is none: all it has is a hunk for a file without lines. */
    private static boolean startsEmpty(FileDiff diff) {
        return diff.hunks().size() == 1 && diff.hunks().get(0).oldCount == 0 && diff.hunks().get(0).oldStart == 0;
    }

    /** Whether a later section takes the file away, so that another may come in its place. */
    private boolean isVacated(String path) {
        return renamed.contains(path) && tree.isUntouched(path);
    }

    private static SectionResult done(DiffSection section) {
        return SectionResult.done(shown(section.to()) + " already is as the patch would make it");
    }

    private static String shown(String path) {
        return HunkReport.shown(path);
    }

    private String note() {
        List<String> first = notes.size() > MAX_NOTES ? notes.subList(0, MAX_NOTES) : notes;
        String joined = String.join("; ", first);
        return notes.size() > MAX_NOTES ? joined + "; and " + (notes.size() - MAX_NOTES) + " more" : joined;
    }
}
