package dev.autosync.core.patch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** The sequence beside a plain list. */
class JsonItemsTest {

    @Property(tries = 60)
    void holdsWhatAListWouldHold(@ForAll Random random) {
        int size = random.nextInt(3) * random.nextInt(700);
        List<JsonEditNode> list = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            list.add(node());
        }
        JsonItems items = new JsonItems(list.toArray(new JsonEditNode[0]));
        boolean shrinking = random.nextBoolean();
        for (int step = 0; step < 1500; step++) {
            if (!list.isEmpty() && random.nextInt(4) < (shrinking ? 3 : 1)) {
                JsonEditNode gone = list.remove(random.nextInt(list.size()));
                items.remove(gone);
            } else {
                int index = random.nextInt(3) == 0 ? 0 : random.nextInt(list.size() + 1);
                JsonEditNode added = node();
                list.add(index, added);
                items.add(index, added);
            }
            int probe = list.isEmpty() ? -1 : random.nextInt(list.size());
            if (probe >= 0) {
                assertThat(items.get(probe)).isSameAs(list.get(probe));
                assertThat(items.indexOf(list.get(probe))).isEqualTo(probe);
                assertThat(items.behind(list.get(probe))).isSameAs(probe + 1 < list.size() ? list.get(probe + 1) : null);
            }
        }
        assertThat(items.size()).isEqualTo(list.size());
        assertThat(items.isEmpty()).isEqualTo(list.isEmpty());
        assertThat(items).containsExactlyElementsOf(list);
    }

    private static JsonEditNode node() {
        return new JsonEditNode(JsonPlans.parse("0"), "");
    }
}
