package dev.autosync.examples;

import dev.autosync.Progress;
import dev.autosync.ProgressListener;
import java.io.Console;
import java.io.PrintStream;
import java.util.Locale;

/** What the person at the terminal sees: plain lines, and between them progress on one line that is written over. */
final class Screen implements ProgressListener {
    private static final int WIDTH = 100;
    /** How often progress is shown where a line cannot be written over. */
    private static final long PAUSE_NANOS = 1_000_000_000;

    private final PrintStream out;
    private final boolean terminal;
    private final long start = System.nanoTime();
    private long lastStep = Long.MIN_VALUE;
    private String lastPhase = "";

    private Screen(PrintStream out, boolean terminal) {
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
        lastStep = Long.MIN_VALUE;
    }

    /** Shows how far something is. */
    void step(String what, long done, long total) {
        step(String.format(Locale.ROOT, "%s (%d of %d)", what, done, total), done == total);
    }

    @Override
    public void onProgress(Progress progress) {
        String phase = progress.phase().name().toLowerCase(Locale.ROOT);
        String far = progress.total().isPresent() ? " (" + progress.done() + " of " + progress.total().getAsLong() + " decided)" : "";
        String label = phase.equals(lastPhase) ? "" : phase;
        lastPhase = phase;
        out.println((terminal ? "\r\033[K" : "") + cut(clock() + String.format("%-9s ", label) + progress.message() + far));
        out.flush();
    }

    private void step(String text, boolean last) {
        long now = System.nanoTime();
        if (terminal) {
            out.print("\r\033[K" + cut(clock() + text));
        } else if (last || lastStep == Long.MIN_VALUE || now - lastStep > PAUSE_NANOS) {
            out.println(cut(clock() + text));
            lastStep = now;
        }
        out.flush();
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
