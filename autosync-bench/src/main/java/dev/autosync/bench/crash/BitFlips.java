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
 * <p>The control is the same flip under a check sum that agrees with it. The peer has no such file.
 */
final class BitFlips implements CrashBench.Case {
    private static final String CASE = "bit-flips";

    @Override
    public String name() {
        return CASE;
    }

    @Override
    public void run(WorkFolder folder, Trials trials) throws IOException {
        Path root = folder.resolve("w");
        FilePort files = UnforcedFiles.of(new RealFiles(root));
        List<FlipTarget> targets = List.of(JournalFlips.open(root, files), JournalFlips.committed(root, files));
        Tally ours = new Tally(CASE, Tally.AUTOSYNC);
        Tally control = new Tally(CASE, Tally.CONTROL);
        for (FlipTarget target : targets) {
            byte[] bytes = target.bytes();
            for (int at = 0; at < bytes.length; at++) {
                for (int bit = trials.quick() ? at % 8 : 0; bit < 8; bit += trials.quick() ? 8 : 1) {
                    byte[] flipped = bytes.clone();
                    flipped[at] ^= (byte) (1 << bit);
                    flip(target, flipped, at + "." + bit, ours);
                    if (bit == at % 8 && at % (trials.quick() ? 4 : 1) == 0 && target.sign(flipped, at)) {
                        flip(target, flipped, at + "." + bit, control);
                    }
                }
            }
        }
        trials.say(ours);
        trials.sayControl(control);
        trials.say(new Tally(CASE, Tally.PER_FILE));
    }

    private static void flip(FlipTarget target, byte[] flipped, String where, Tally tally) throws IOException {
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
