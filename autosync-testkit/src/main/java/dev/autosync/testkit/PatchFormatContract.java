package dev.autosync.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.autosync.AutoSyncException;
import dev.autosync.ErrorCode;
import dev.autosync.patch.FileContent;
import dev.autosync.patch.FileEdit;
import dev.autosync.patch.Patch;
import dev.autosync.patch.PatchLimits;
import dev.autosync.spi.FileTree;
import dev.autosync.spi.PatchFormat;
import dev.autosync.spi.PatchPlan;
import dev.autosync.spi.PathRefusedException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What every {@link PatchFormat} must do.
 *
 * <p>Extended by authors of plugins: a subclass gives the format and some samples, and is run by JUnit Jupiter. The rules:
 *
 * <ul>
 *   <li>The name is made of lower-case letters, digits and hyphens, and is the one that the samples' patches use.
 *   <li>A plan is a pure function: the same patch and the same files give the same plan, on any thread.
 *   <li>A sample gives edits, one a file, each of which changes something and has {@code before} as the tree holds it.
 *   <li>A sample applied a second time is {@link PatchPlan.Verdict#ALREADY_APPLIED} or {@link PatchPlan.Verdict#CONFLICT}.
 *   <li>Without its files a sample gets a verdict. Where the tree refuses every path it is refused.
 *   <li>Whatever the text of a patch is, nothing but an {@link AutoSyncException} is thrown, and no edit is planned for garbage.
 * </ul>
 *
 * @since 0.1.0
 */
public abstract class PatchFormatContract {

    /** For subclasses. */
    protected PatchFormatContract() {}

    /**
     * The format that is to be tested.
     *
     * @return a format
     */
    protected abstract PatchFormat format();

    /**
     * Patches with files to which they apply, and to which they cannot be applied twice.
     *
     * @return one or more
     */
    protected abstract List<PatchSample> samples();

    /**
     * Whether the format finds fault with a text that is garbage. True unless overridden. A format that says false, because every
     * text is a good one, must then take garbage without a complaint.
     *
     * @return true if it does
     */
    protected boolean refusesGarbage() {
        return true;
    }

    /**
     * The garbage. Overridden where one of the texts happens to be a good patch.
     *
     * @return texts that make no sense as patches of the format
     */
    protected List<byte[]> garbage() {
        List<byte[]> garbage = new ArrayList<>();
        for (String text : List.of("garbage", "\0\1\2\3", "{\"unfinished\": [", "\u202e\ufeff\u2028", "x".repeat(1 << 20))) {
            garbage.add(text.getBytes(StandardCharsets.UTF_8));
        }
        // Deep nesting is there for parsers that recurse.
        garbage.add("[".repeat(200_000).getBytes(StandardCharsets.UTF_8));
        garbage.add("{\"a\":".repeat(100_000).getBytes(StandardCharsets.UTF_8));
        garbage.add(new byte[] {(byte) 0xff, (byte) 0xfe, (byte) 0xc0, (byte) 0x80, '\n', (byte) 0xed, (byte) 0xa0, (byte) 0x80});
        return garbage;
    }

    @Test
    void hasTheNameThatItsPatchesUse() {
        String name = format().name();
        assertTrue(name.matches("[a-z0-9]+(-[a-z0-9]+)*"), "lower-case letters, digits and hyphens: " + name);
        assertEquals(name, format().name());
        assertFalse(samples().isEmpty(), "at least one sample");
        samples().forEach(sample -> assertEquals(name, sample.patch().format()));
    }

    @Test
    void plansEditsThatBeginWithWhatTheTreeHolds() {
        for (PatchSample sample : samples()) {
            PatchPlan plan = edits(sample);
            Set<String> paths = new HashSet<>();
            for (FileEdit edit : plan.edits()) {
                assertTrue(paths.add(edit.path()), sample + " has one edit for " + edit.path());
                assertEquals(sample.tree().read(edit.path()), edit.before(), sample + " begins with what " + edit.path() + " holds");
                assertNotEquals(edit.before(), edit.after(), sample + " changes " + edit.path());
            }
        }
    }

    @Test
    void plansTheSameTwiceAndOnAnyThread() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(4);
        try {
            PatchFormat format = format();
            for (PatchSample sample : samples()) {
                List<String> expected = describe(edits(sample));
                Callable<List<String>> again = () -> describe(format.plan(sample.patch(), sample.tree(), PatchLimits.ofDefaults()));
                assertEquals(expected, again.call(), sample + " is planned again");
                for (Future<List<String>> plan : pool.invokeAll(List.of(again, again, again, again))) {
                    assertEquals(expected, plan.get(), sample + " is planned on several threads");
                }
            }
        } finally {
            pool.shutdownNow();
            assertTrue(pool.awaitTermination(1, TimeUnit.MINUTES));
        }
    }

    @Test
    void doesNotApplyTwice() {
        for (PatchSample sample : samples()) {
            InMemoryFileTree after = sample.tree().apply(edits(sample).edits());
            assertVerdict(EnumSet.of(PatchPlan.Verdict.ALREADY_APPLIED, PatchPlan.Verdict.CONFLICT),
                    format().plan(sample.patch(), after, PatchLimits.ofDefaults()), sample + " applied twice");
        }
    }

    @Test
    void givesAVerdictWhereItsFilesAreMissing() {
        for (PatchSample sample : samples()) {
            assertWellFormed(format().plan(sample.patch(), InMemoryFileTree.empty(), PatchLimits.ofDefaults()), sample + " without its files");
        }
    }

    @Test
    void isRefusedWhereTheTreeRefusesEveryPath() {
        FileTree closed = path -> {
            throw new PathRefusedException("Cannot read '" + path + "': it may not be touched");
        };
        for (PatchSample sample : samples()) {
            try {
                PatchPlan plan = format().plan(sample.patch(), closed, PatchLimits.ofDefaults());
                assertVerdict(EnumSet.of(PatchPlan.Verdict.REFUSED), plan, sample + " where every path is refused");
            } catch (PathRefusedException e) {
                assertEquals(ErrorCode.PATCH_PATH_REFUSED, e.code());
            }
        }
    }

    @Test
    void findsFaultWithGarbage() {
        for (PatchSample sample : samples()) {
            for (byte[] garbage : garbage()) {
                Optional<PatchPlan> plan = plan(sample.withContent(garbage), sample.tree());
                if (refusesGarbage()) {
                    plan.ifPresent(p -> assertVerdict(EnumSet.of(PatchPlan.Verdict.REFUSED, PatchPlan.Verdict.CONFLICT), p,
                            sample + " with the text " + start(garbage)));
                } else {
                    assertVerdict(EnumSet.of(PatchPlan.Verdict.EDITS, PatchPlan.Verdict.ALREADY_APPLIED), plan.orElseThrow(() ->
                            new AssertionError("a format that does not refuse garbage threw")), sample + " with any text");
                }
            }
        }
    }

    @Test
    void throwsNothingButItsOwnExceptionsWhateverTheTextIs() {
        for (PatchSample sample : samples()) {
            byte[] content = sample.patch().content();
            plan(sample.withContent(new byte[0]), sample.tree());
            int step = Math.max(1, content.length / 200);
            for (int i = 0; i < content.length; i += step) {
                byte[] broken = content.clone();
                broken[i] ^= 0x15;
                plan(sample.withContent(Arrays.copyOf(content, i)), sample.tree());
                plan(sample.withContent(Arrays.copyOfRange(content, i, content.length)), sample.tree());
                plan(sample.withContent(broken), sample.tree());
            }
        }
    }

    private PatchPlan edits(PatchSample sample) {
        PatchPlan plan = format().plan(sample.patch(), sample.tree(), PatchLimits.ofDefaults());
        assertVerdict(EnumSet.of(PatchPlan.Verdict.EDITS), plan, sample + " on its files");
        return plan;
    }

    /** Empty if the format threw one of its own exceptions. Edits that are planned must fit the tree, whatever the patch. */
    private Optional<PatchPlan> plan(Patch patch, InMemoryFileTree tree) {
        try {
            PatchPlan plan = format().plan(patch, tree, PatchLimits.ofDefaults());
            assertWellFormed(plan, patch.toString());
            tree.apply(plan.edits());
            return Optional.of(plan);
        } catch (AutoSyncException e) {
            return Optional.empty();
        } catch (RuntimeException | StackOverflowError e) {
            return fail(patch + " with the text " + start(patch.content()) + " threw " + e, e);
        }
    }

    private static void assertVerdict(Set<PatchPlan.Verdict> expected, PatchPlan plan, String what) {
        assertWellFormed(plan, what);
        assertTrue(expected.contains(plan.verdict()), what + " must be " + expected + ", was " + plan.verdict() + ": " + plan.reason());
    }

    private static void assertWellFormed(PatchPlan plan, String what) {
        assertNotNull(plan, what);
        assertTrue(plan.verdict() == PatchPlan.Verdict.EDITS || !plan.reason().isBlank(), what + " is told why");
    }

    private static List<String> describe(PatchPlan plan) {
        Stream<String> edits = plan.edits().stream().map(e -> e.path() + " " + describe(e.before()) + " " + describe(e.after()));
        return Stream.concat(Stream.of(plan.verdict() + " " + plan.reason() + " " + plan.places() + " " + plan.code()), edits).toList();
    }

    private static String describe(Optional<FileContent> content) {
        return content.map(c -> c.sha256() + " " + c.executable()).orElse("absent");
    }

    private static String start(byte[] content) {
        return "'" + new String(content, 0, Math.min(40, content.length), StandardCharsets.ISO_8859_1) + "' (" + content.length + " bytes)";
    }
}
