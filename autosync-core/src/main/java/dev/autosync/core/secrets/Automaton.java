package dev.autosync.core.secrets;

import java.util.Arrays;
import java.util.Collection;

/**
 * Finds any of many words in a text, in one pass.
 *
 * <p>Source: Aho and Corasick, "Efficient string matching: an aid to bibliographic search", CACM 18(6), 1975, sections 2 and 3.
 * <p>Cost: a text in proportion to its length, whatever it holds; 22 bytes for each state, at most one state for each character of the words,
 * and a quarter of a megabyte. Threads: immutable once built.
 */
final class Automaton {
    /*
     * A state is a beginning of a word; state 0, the root, is the empty one. The children of a state are a list linked by `sibling`: words of
     * secrets rarely part, so most lists have one element. Most text is read at the root, which therefore has a table instead.
     */
    private static final int ROOT = 0;

    private final int[] root = new int[Character.MAX_VALUE + 1];
    private char[] label = new char[256];
    private int[] child = new int[256];
    private int[] sibling = new int[256];
    private int[] fail = new int[256];
    private int[] depth = new int[256];
    private int[] matched = new int[256];
    private int states = 1;
    private int longest;

    /** An automaton for words, none of them empty. */
    Automaton(Collection<String> words) {
        words.forEach(this::add);
        link();
    }

    /** The state in which no beginning of a word has been read. */
    static int start() {
        return ROOT;
    }

    /** The state after one more character: the longest end of what was read that is a beginning of a word. */
    int next(int state, char c) {
        int at = state;
        while (at != ROOT) {
            int to = childOf(at, c);
            if (to != ROOT) {
                return to;
            }
            at = fail[at];
        }
        return root[c];
    }

    /** The length of the longest word that ends here, 0 if none does. */
    int matched(int state) {
        return matched[state];
    }

    /** The length of the beginning of a word that was read last. */
    int depth(int state) {
        return depth[state];
    }

    /** The length of the longest word. */
    int longest() {
        return longest;
    }

    private int childOf(int state, char c) {
        int to = child[state];
        while (to != ROOT && label[to] != c) {
            to = sibling[to];
        }
        return to;
    }

    private void add(String word) {
        int state = ROOT;
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            int to = state == ROOT ? root[c] : childOf(state, c);
            state = to == ROOT ? grow(state, c) : to;
        }
        matched[state] = word.length();
        longest = Math.max(longest, word.length());
    }

    private int grow(int parent, char c) {
        if (states == label.length) {
            int size = Math.multiplyExact(states, 2);
            label = Arrays.copyOf(label, size);
            child = Arrays.copyOf(child, size);
            sibling = Arrays.copyOf(sibling, size);
            fail = Arrays.copyOf(fail, size);
            depth = Arrays.copyOf(depth, size);
            matched = Arrays.copyOf(matched, size);
        }
        int state = states++;
        label[state] = c;
        sibling[state] = child[parent];
        child[parent] = state;
        depth[state] = depth[parent] + 1;
        if (parent == ROOT) {
            root[c] = state;
        }
        return state;
    }

    /** Algorithm 3 of the paper: states by depth, each linked to the longest other beginning that it ends in. */
    private void link() {
        int[] queue = new int[states];
        int tail = 0;
        for (int state = child[ROOT]; state != ROOT; state = sibling[state]) {
            queue[tail++] = state;
        }
        for (int head = 0; head < tail; head++) {
            int parent = queue[head];
            for (int state = child[parent]; state != ROOT; state = sibling[state]) {
                fail[state] = next(fail[parent], label[state]);
                if (matched[state] == 0) {
                    matched[state] = matched[fail[state]];
                }
                queue[tail++] = state;
            }
        }
    }
}
