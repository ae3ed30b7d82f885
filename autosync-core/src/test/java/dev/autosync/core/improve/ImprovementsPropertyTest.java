package dev.autosync.core.improve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autosync.improve.Lesson;
import dev.autosync.improve.Lesson.State;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Whatever happens over the cycles, lessons are what a plain model says they are, and a second look changes nothing. */
class ImprovementsPropertyTest {
    private static final List<String> KEYS = List.of("first", "second", "third");

    /** @param cycles for each cycle three bits for each key: trouble, adopted, dismissed */
    @Property(tries = 200)
    void followsAPlainModelAndIsIdempotent(@ForAll @Size(max = 25) List<@IntRange(max = 511) Integer> cycles) {
        Lab lab = new Lab();
        Map<String, State> expected = new TreeMap<>();
        for (int bits : cycles) {
            Set<String> adopted = new HashSet<>();
            Set<String> dismissed = new HashSet<>();
            for (int i = 0; i < KEYS.size(); i++) {
                String key = KEYS.get(i);
                boolean trouble = (bits >> 3 * i & 1) != 0;
                boolean adopt = (bits >> 3 * i & 2) != 0;
                boolean dismiss = (bits >> 3 * i & 4) != 0;
                lab.rule(key, () -> trouble);
                if (adopt) {
                    adopted.add(key);
                }
                if (dismiss) {
                    dismissed.add(key);
                }
                if (trouble || expected.containsKey(key)) {
                    expected.put(key, adopt ? State.ADOPTED : dismiss ? State.DISMISSED : trouble ? State.OPEN : State.GONE);
                }
            }
            Improvements.Result result = lab.adopt(adopted.toArray(new String[0])).dismiss(dismissed.toArray(new String[0])).cycle();
            assertThat(states(result)).isEqualTo(expected);
            Improvements.Result again = lab.examine();
            assertThat(again.events()).isEmpty();
            assertThat(told(again)).isEqualTo(told(result));
        }
    }

    private static Map<String, State> states(Improvements.Result result) {
        return result.lessons().stream().collect(Collectors.toMap(lesson -> lesson.suggestion().key(), Lesson::state));
    }

    private static List<String> told(Improvements.Result result) {
        return result.lessons().stream().map(lesson -> lesson + " since " + lesson.cycle() + " " + lesson.since()).toList();
    }
}
