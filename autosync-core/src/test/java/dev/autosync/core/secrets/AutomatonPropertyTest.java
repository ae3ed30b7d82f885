package dev.autosync.core.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class AutomatonPropertyTest {

    @Property(tries = 500)
    void tellsTheLongestWordAndTheLongestBeginningThatEndAtEachPlace(@ForAll long seed) {
        Random random = new Random(seed);
        Set<String> words = new HashSet<>();
        for (int i = random.nextInt(12); i >= 0; i--) {
            words.add(word(random, 1 + random.nextInt(6)));
        }
        String text = word(random, random.nextInt(80));
        Automaton automaton = new Automaton(words);
        int state = Automaton.start();
        for (int end = 1; end <= text.length(); end++) {
            state = automaton.next(state, text.charAt(end - 1));
            String read = text.substring(0, end);
            assertThat(automaton.matched(state)).isEqualTo(words.stream().filter(read::endsWith).mapToInt(String::length).max().orElse(0));
            assertThat(automaton.depth(state)).isEqualTo(words.stream().mapToInt(word -> longestBeginning(word, read)).max().orElse(0));
        }
    }

    private static int longestBeginning(String word, String read) {
        int length = word.length();
        while (!read.endsWith(word.substring(0, length))) {
            length--;
        }
        return length;
    }

    private static String word(Random random, int length) {
        StringBuilder word = new StringBuilder();
        while (word.length() < length) {
            word.append("ab\u00e9".charAt(random.nextInt(3)));
        }
        return word.toString();
    }
}
