package dev.autosync.core.secrets;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Finds the forms of secrets in a text, and what is left of a form where the text was cut.
 *
 * <p>A text is cut at its end and at {@code ...} or the one character that stands for it: in front of the cut a beginning of a form counts, behind
 * it an end of one, if it is long enough to be told from other text. Cost: in proportion to the text. Threads: safe.
 */
final class FormSearch {
    private static final char ELLIPSIS = '\u2026';
    private static final String DOTS = "...";

    private final Collection<String> words;
    private final Automaton forms;
    private final int leastLeft;
    private volatile @Nullable Automaton backwards;

    /**
     * A search.
     *
     * @param words the forms; kept, not copied
     * @param leastLeft how many characters must be left of a form that was cut
     */
    FormSearch(Collection<String> words, int leastLeft) {
        this.words = words;
        this.forms = new Automaton(words);
        this.leastLeft = leastLeft;
    }

    /** The text with every form covered; the same object if there is none. */
    String cover(String text) {
        Covered covered = new Covered();
        int state = Automaton.start();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (state != Automaton.start() && isCut(text, i, c)) {
                coverBeginning(state, i, covered);
            }
            state = forms.next(state, c);
            if (state == Automaton.start()) {
                continue; // most of most texts
            }
            int length = forms.matched(state);
            if (length > 0) {
                covered.add(i + 1 - length, i + 1);
            }
        }
        coverBeginning(state, text.length(), covered);
        coverEnds(text, covered);
        return covered.cover(text);
    }

    private void coverBeginning(int state, int end, Covered covered) {
        int length = forms.depth(state);
        if (length >= leastLeft) {
            covered.add(end - length, end);
        }
    }

    /** Behind each cut: reads backwards what could be an end of a form, and sees how much of it is one when the cut is reached. */
    private void coverEnds(String text, Covered covered) {
        if (text.indexOf(ELLIPSIS) < 0 && !text.contains(DOTS)) {
            return;
        }
        Automaton ends = backwards();
        int start = behindNextCut(text, 0);
        while (start >= 0) {
            int next = behindNextCut(text, start);
            int end = Math.min(next < 0 ? text.length() : next, start + Math.min(ends.longest(), text.length() - start));
            int state = Automaton.start();
            for (int i = end - 1; i >= start; i--) {
                state = ends.next(state, text.charAt(i));
            }
            int length = ends.depth(state);
            if (length >= leastLeft) {
                covered.add(start, start + length);
            }
            start = next;
        }
    }

    private static int behindNextCut(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isCut(text, i, c)) {
                int end = i + 1;
                while (end < text.length() && text.charAt(end) == c) {
                    end++;
                }
                return end;
            }
        }
        return -1;
    }

    private static boolean isCut(String text, int at, char c) {
        return c == ELLIPSIS || c == '.' && text.startsWith(DOTS, at);
    }

    private Automaton backwards() {
        Automaton known = backwards;
        if (known == null) {
            // Two threads may both build it: that costs time once, and a lock would cost it always.
            known = new Automaton(words.stream().map(FormSearch::reversed).toList());
            backwards = known;
        }
        return known;
    }

    /** Unit by unit: {@link StringBuilder#reverse} keeps pairs of surrogates as they are, which is not how a text is read backwards. */
    private static String reversed(String form) {
        char[] units = new char[form.length()];
        for (int i = 0; i < units.length; i++) {
            units[i] = form.charAt(units.length - 1 - i);
        }
        return String.valueOf(units);
    }
}
