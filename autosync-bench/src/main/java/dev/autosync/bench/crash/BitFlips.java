package dev.autosync.bench.crash;

import dev.autosync.bench.WorkFolder;
import dev.autosync.core.io.FilePort;
import dev.autosync.core.io.RealFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * One bit of a file of the engine's is flipped, at every byte in turn: it is noticed, or it does no harm. Wrong bytes never come into the workspace.
 *
 * <p>The control is the same flip under check sums that agree with it, and must fail for each of the files. The peer has no such file.
 */
final class BitFlips implements CrashBench.Case {
    private static final String CASE = "bit-flips";

    @Override
    public String name() {
        return CASE;
    }

    @Override
    public void run(WorkFolder folder, Trials trials) throws IOException, InterruptedException {
        Path root = folder.resolve("w");
        FilePort files = files(root);
        Path packed = folder.resolve("packed");
        Path indexed = folder.resolve("indexed");
        List<FlipTarget> targets = List.of(JournalFlips.open(root, files), JournalFlips.committed(root, files),
                new IndexFlips(indexed, files(indexed)), new PackFlips(packed, files(packed)));
        Tally ours = new Tally(CASE, Tally.AUTOSYNC);
        Tally control = new Tally(CASE, Tally.CONTROL);
        for (FlipTarget target : targets) {
            int seen = control.violations();
            byte[] bytes = target.bytes();
            int stride = trials.quick() ? target.stride() : 1;
            for (int at = 0; at < bytes.length; at += stride) {
                int chosen = at / stride % 8;
                for (int bit = trials.quick() ? chosen : 0; bit < 8; bit += trials.quick() ? 8 : 1) {
                    byte[] flipped = flipped(bytes, at, bit);
                    flip(target, flipped, at + "." + bit, ours);
                    if (bit == chosen && at / stride % (trials.quick() ? 4 : 1) == 0 && target.sign(flipped, at)) {
                        flip(target, flipped, at + "." + bit, control);
                    }
                }
            }
            if (control.violations() == seen) {
                trials.makeVoid(CASE + ": the negative control has seen no violation with " + target.name());
            }
        }
        trials.say(ours);
        trials.sayControl(control);
        trials.say(new Tally(CASE, Tally.PER_FILE));
    }

    private static FilePort files(Path root) {
        return UnforcedFiles.of(new RealFiles(root));
    }

    private static byte[] flipped(byte[] bytes, int at, int bit) {
        byte[] flipped = bytes.clone();
        flipped[at] ^= (byte) (1 << bit);
        return flipped;
    }

    private static void flip(FlipTarget target, byte[] flipped, String where, Tally tally) throws IOException, InterruptedException {
        tally.run();
        Optional<String> wrong;
        try {
            wrong = target.wrongAfter(flipped, tally);
        } catch (RuntimeException e) {
            wrong = Optional.of("was met with " + e);
        }
        wrong.ifPresent(what -> tally.violation(target.name() + " with a flip at " + where + " " + what));
    }
}
