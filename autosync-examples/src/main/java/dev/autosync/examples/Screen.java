package dev.autosync.examples;

import dev.autosync.Progress;
import dev.autosync.ProgressListener;
import java.io.Console;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Locale;

/** What the person at the terminal sees: plain lines of at most a hundred characters, and how far the job is. */
final class Screen implements ProgressListener {
    private static final int WIDTH = 100;
    /** How often steps are shown where a line cannot be written over. */
    private static final long PAUSE_NANOS = 2_000_000_000;

    private final PrintStream out;
    private final boolean terminal;
    private final long start = System.nanoTime();
    private long nextStep = start;
    private String phase = "";

    Screen(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    static Screen standard() {
        return new Screen(System.out, isTerminal());
    }

    /** Begins a section. */
    void section(String title) {
        line("");
        line(title);
    }

    /** Prints a line, cut where the screen ends. */
    void line(String text) {
        out.println((terminal ? "\r\033[K" : "") + cut(text));
        out.flush();
    }

    /** Prints a text on as many lines as it needs, each after the first indented as far as the text begins. */
    void paragraph(String indent, String text) {
        StringBuilder line = new StringBuilder(indent);
        for (String word : text.split("\\s+")) {
            if (line.length() > indent.length() && line.length() + 1 + word.length() > WIDTH) {
                line(line.toString());
                line.replace(0, line.length(), " ".repeat(indent.length()));
            }
            line.append(line.length() > indent.length() ? " " : "").append(word);
        }
        line(line.toString());
    }

    /** Says what begins now. */
    void now(String what) {
        line(clock() + what);
    }

    /** Says how far something is: on one line that is written over, or every now and then. */
    void step(String what, long done, long total) {
        String text = cut(clock() + what + " (" + done + " of " + total + ")");
        if (terminal) {
            out.print("\r\033[K" + text);
            out.flush();
        } else if (done == total || System.nanoTime() >= nextStep) {
            line(text);
            nextStep = System.nanoTime() + PAUSE_NANOS;
        }
    }

    @Override
    public void onProgress(Progress progress) {
        String its = progress.phase().name().toLowerCase(Locale.ROOT);
        String far = progress.total().isPresent() ? " (" + progress.done() + " of " + progress.total().getAsLong() + " decided)" : "";
        now(String.format("%-9s %s%s", its.equals(phase) ? "" : its, progress.message(), far));
        phase = its;
    }

    /** A path as it is from here. */
    static Path shown(Path path) {
        Path here = Path.of("").toAbsolutePath();
        return path.startsWith(here) ? here.relativize(path) : path;
    }

    private String clock() {
        return String.format(Locale.ROOT, "%6.1f s  ", (System.nanoTime() - start) / 1e9);
    }

    private static String cut(String text) {
        return text.length() <= WIDTH ? text : text.substring(0, WIDTH - 3) + "...";
    }

    /** From JDK 22 on there is a console even when the output goes to a file; it has a method then that says so. */
    private static boolean isTerminal() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            return true;
        }
    }
}
