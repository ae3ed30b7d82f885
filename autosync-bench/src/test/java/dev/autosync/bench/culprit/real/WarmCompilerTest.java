package dev.autosync.bench.culprit.real;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class WarmCompilerTest {
    private static final String LIMITS = "class Limits { static final int MOST = 1; int least() { return 0; } }";
    private static final String USER = "class User { int most() { return Limits.MOST; } long least(Limits limits) { return limits.least(); } }";
    private static final Map<String, String> TREE = Map.of("Limits.java", LIMITS, "User.java", USER, "Other.java", "class Other { Runnable r = () -> {}; class In {} }");

    private final WarmCompiler warm = new WarmCompiler();

    @Test
    void classesAreThoseOfACompilerThatRemembersNothing() {
        sameAsCold(TREE);
        sameAsCold(with("Limits.java", LIMITS.replace("return 0", "return 7")));
        sameAsCold(with("Limits.java", LIMITS.replace("MOST = 1", "MOST = 2")));
        sameAsCold(with("Limits.java", LIMITS.replace("int least", "long least")));
        sameAsCold(with("Limits.java", LIMITS.replace("int least", "/** The least. */ int least")));
        sameAsCold(with("Limits.java", LIMITS.replace("static final", "static")));
        sameAsCold(with("Other.java", "class Other {}"));
        sameAsCold(TREE);
    }

    @Test
    void constantIsCopiedAgainWhereItIsUsed() {
        byte[] before = user(warm.compile(new TreeMap<>(TREE)));
        byte[] after = user(warm.compile(new TreeMap<>(with("Limits.java", LIMITS.replace("MOST = 1", "MOST = 2")))));

        assertThat(after).isNotEqualTo(before);
    }

    @Test
    void bodyOfAMethodIsCompiledWithTheClassesOfOtherFilesAsTheyWere() {
        byte[] before = user(warm.compile(new TreeMap<>(TREE)));

        assertThat(user(warm.compile(new TreeMap<>(with("Limits.java", LIMITS.replace("return 0", "return 7")))))).isSameAs(before);
    }

    @Test
    void treeThatDoesNotCompileHasAnErrorEachTime() {
        warm.compile(new TreeMap<>(TREE));
        TreeMap<String, String> broken = new TreeMap<>(with("Limits.java", LIMITS.replace("MOST", "LEAST")));

        assertThat(warm.compile(broken).error()).contains("User.java").contains("MOST");
        assertThat(warm.compile(broken).error()).contains("User.java");
        sameAsCold(TREE);
    }

    private static Map<String, String> with(String path, String text) {
        Map<String, String> tree = new TreeMap<>(TREE);
        tree.put(path, text);
        return tree;
    }

    private static byte[] user(WarmCompiler.Result result) {
        return result.classes().get("User.java").get("User");
    }

    private void sameAsCold(Map<String, String> tree) {
        WarmCompiler.Result cold = new WarmCompiler().compile(new TreeMap<>(tree));
        WarmCompiler.Result found = warm.compile(new TreeMap<>(tree));

        assertThat(cold.error()).isEmpty();
        assertThat(found.error()).isEmpty();
        assertThat(found.classes().keySet()).isEqualTo(cold.classes().keySet());
        cold.classes().forEach((path, classes) -> {
            assertThat(found.classes().get(path).keySet()).isEqualTo(classes.keySet());
            classes.forEach((name, bytes) -> assertThat(found.classes().get(path).get(name)).as(name).isEqualTo(bytes));
        });
    }
}
