package dev.autosync.core.secrets;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Takes secrets out of a stream of bytes, piece by piece: every form of each becomes {@code ***}, also where it lies across two pieces.
 *
 * <p>Cost: in proportion to the stream; what may be the beginning of a secret is held back, at most as much as the longest form has. Threads: one
 * stream is for one thread.
 */
public final class StreamRedaction {
    private static final byte[] STARS = "***".getBytes(StandardCharsets.US_ASCII);

    private final Automaton forms;
    private byte[] held = new byte[256];
    private int length;
    private int state = Automaton.start();

    /** The place that is to be covered, counted from the first byte that is held; it ends at -1 if there is none. */
    private int coveredStart;
    private int coveredEnd = -1;

    private StreamRedaction(Automaton forms) {
        this.forms = forms;
    }

    /** Streams from which the same secrets are taken out. Immutable. */
    public static final class Secrets {
        private final Automaton forms;

        /**
         * Prepares.
         *
         * @param secrets values that {@link SecretForms#isHideable} can be hidden; others are looked for as they are
         */
        public Secrets(Collection<String> secrets) {
            Set<String> all = new LinkedHashSet<>();
            for (String secret : secrets) {
                for (String form : SecretForms.of(secret)) {
                    // A byte is a character here, so that nothing must be decoded that may be cut or be no text.
                    all.add(new String(form.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
                    all.add(new String(form.getBytes(StandardCharsets.UTF_16LE), StandardCharsets.ISO_8859_1));
                }
            }
            forms = new Automaton(all);
        }

        /** A new stream. */
        public StreamRedaction stream() {
            return new StreamRedaction(forms);
        }
    }

    /** Takes the next piece; gives what can be given of it and of what was held back. */
    public byte[] next(byte[] block, int size) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(size + length);
        for (int i = 0; i < size; i++) {
            state = forms.next(state, (char) (block[i] & 0xff));
            if (state == Automaton.start() && length == 0) {
                out.write(block[i]);
                continue;
            }
            hold(block[i]);
            int matched = forms.matched(state);
            if (matched > 0) {
                // What lies between two places that are both held is covered too: it is little, and seldom.
                coveredStart = coveredEnd < 0 ? length - matched : Math.min(coveredStart, length - matched);
                coveredEnd = length;
            }
            release(length - forms.depth(state), out);
        }
        return out.toByteArray();
    }

    /** Gives what is still held back. The stream is at its end. */
    public byte[] end() {
        ByteArrayOutputStream out = new ByteArrayOutputStream(length);
        state = Automaton.start();
        release(length, out);
        return out.toByteArray();
    }

    private void hold(byte b) {
        if (length == held.length) {
            held = Arrays.copyOf(held, 2 * length);
        }
        held[length++] = b;
    }

    /** Gives what lies before a place, unless a covered one goes on beyond it or may still grow there. */
    private void release(int to, ByteArrayOutputStream out) {
        int end = to;
        if (coveredEnd >= 0) {
            if (coveredEnd > to) {
                end = Math.min(to, coveredStart);
            } else {
                out.write(held, 0, coveredStart);
                out.writeBytes(STARS);
                shift(coveredEnd);
                end = to - coveredEnd;
                coveredEnd = -1;
                out.write(held, 0, end);
                shift(end);
                return;
            }
        }
        if (end > 0) {
            out.write(held, 0, end);
            coveredStart -= end;
            coveredEnd = coveredEnd < 0 ? -1 : coveredEnd - end;
            shift(end);
        }
    }

    private void shift(int count) {
        System.arraycopy(held, count, held, 0, length - count);
        length -= count;
    }
}
