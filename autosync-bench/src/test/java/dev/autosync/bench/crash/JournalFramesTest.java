package dev.autosync.bench.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autosync.core.io.FilePort;
import dev.autosync.core.io.RealFiles;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a journal that the engine has written itself. */
class JournalFramesTest {
    @TempDir
    private Path folder;

    private FilePort files;
    private JournalFlips target;

    @BeforeEach
    void dieInTheMiddleOfABatch() throws Exception {
        Path root = folder.toRealPath().resolve("w");
        files = UnforcedFiles.of(new RealFiles(root));
        target = JournalFlips.open(root, files);
    }

    @Test
    void theRecordsFillTheJournal() {
        List<JournalFrames.Place> places = JournalFrames.of(target.bytes());

        assertThat(places).hasSizeGreaterThan(5);
        assertThat(places.get(places.size() - 1).end()).isEqualTo(target.bytes().length);
    }

    @Test
    void aJournalThatIsCutInARecordIsTorn() throws Exception {
        byte[] journal = target.bytes();
        int secondEnd = JournalFrames.of(journal).get(1).end();

        assertThat(JournalFrames.torn(Files.write(folder.resolve("whole"), Arrays.copyOf(journal, secondEnd)))).isFalse();
        assertThat(JournalFrames.torn(Files.write(folder.resolve("cut"), Arrays.copyOf(journal, secondEnd - 1)))).isTrue();
        assertThat(JournalFrames.torn(Files.write(folder.resolve("begun"), Arrays.copyOf(journal, secondEnd + 1)))).isTrue();
        assertThat(JournalFrames.torn(folder.resolve("missing"))).isFalse();
    }

    @Test
    void aFlipIsSeenByTheEngineUnlessTheCheckSumAgreesWithIt() throws Exception {
        byte[] flipped = target.bytes();
        // In the last text that anybody has had before the batch: whole words of the tree come from there.
        int at = new String(flipped, StandardCharsets.ISO_8859_1).indexOf("before, a text");
        flipped[at] ^= 1;
        Tally tally = new Tally("bit-flips", Tally.AUTOSYNC);

        assertThat(target.wrongAfter(flipped, tally)).isEmpty();
        assertThat(tally.counted("refused")).isEqualTo(1);
        assertThat(target.sign(flipped, at)).isTrue();
        assertThat(target.wrongAfter(flipped, tally)).hasValueSatisfying(wrong -> assertThat(wrong).contains("changed.txt"));
    }
}
