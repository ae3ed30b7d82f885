package dev.autosync.bench.crash;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Stops a mounted file system at once, so that it writes neither data nor its own log any more: FS_IOC_SHUTDOWN with the flag 2, NOLOGFLUSH. A
 * virtual machine cannot make the call before JDK 22; Perl and Python can, one of which every Linux has. It waits beside the bench, because starting it
 * would take longer than a transaction.
 *
 * <p>Source: ioctl_xfs_goingdown(2); the same number works on ext4 and f2fs.
 */
final class PowerSwitch implements Closeable {
    private static final String CUT = "cut";
    private static final String[][] HELPERS = {
        {"perl", "-e", "$|=1;while(<STDIN>){chomp;my $flag=pack('L',2);sysopen(my $f,$_,0) or die \"open: $!\";"
                + "defined(ioctl($f,0x8004587d,$flag)) or die \"ioctl: $!\";close $f;print \"" + CUT + "\\n\"}"},
        {"python3", "-c", "import fcntl,os,struct,sys\nfor line in sys.stdin:\n f=os.open(line.rstrip('\\n'),os.O_RDONLY)\n"
                + " fcntl.ioctl(f,0x8004587d,struct.pack('I',2))\n os.close(f)\n print('" + CUT + "',flush=True)"}};

    private final Process process;
    private final PrintStream in;
    private final BufferedReader out;

    PowerSwitch() throws IOException {
        String[] helper = helper().orElseThrow(() -> new IOException("there is neither perl nor python3"));
        process = new ProcessBuilder(helper).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        in = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        out = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Whether this machine has what it takes. */
    static boolean possible() {
        return helper().isPresent();
    }

    /**
     * Cuts the power of whatever is mounted at a place.
     *
     * @return the latest time, by {@link System#nanoTime()}, at which it was still on for sure
     */
    long cut(Path mountPoint) throws IOException {
        long on = System.nanoTime();
        in.println(mountPoint);
        String line = out.readLine();
        if (!CUT.equals(line)) {
            throw new IOException("the power of " + mountPoint + " could not be cut: " + line);
        }
        return on;
    }

    private static Optional<String[]> helper() {
        for (String[] helper : HELPERS) {
            if (Commands.find(helper[0]).isPresent()) {
                return Optional.of(helper);
            }
        }
        return Optional.empty();
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        process.onExit().join();
        in.close();
        out.close();
    }
}
