package dev.autosync.bench.culprit.real;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
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
    void fileThatSeesNothingOfAChangeIsNotCompiledAgain() {
        byte[] before = warm.compile(new TreeMap<>(TREE)).classes().get("Other.java").get("Other");
        WarmCompiler.Result after = warm.compile(new TreeMap<>(with("Limits.java", LIMITS.replace("int least", "long least"))));

        assertThat(after.classes().get("Other.java").get("Other")).isSameAs(before);
    }

    @Test
    void whatOthersCannotSeeIsNoReasonToCompileThem() {
        byte[] before = user(warm.compile(new TreeMap<>(TREE)));
        for (String same : List.of(
                LIMITS.replace("int least() {", "private void none() {} int least() {"),
                LIMITS.replace("int least() {", "Limits() {} /** The least. */ int least() {"),
                "import java.util.List; " + LIMITS.replace("return 0", "return List.of().size()"))) {
            assertThat(user(warm.compile(new TreeMap<>(with("Limits.java", same))))).as(same).isSameAs(before);
        }
    }

    @Test
    void whatOthersCanSeeIsSeen() {
        Map<String, String> tree = new TreeMap<>(Map.of(
                "Pair.java", "record Pair(int a, long b) {}",
                "Sums.java", "class Sums { int of(int... some) { return 0; } int of(Object all) { return 1; } }",
                "Caller.java", "class Caller { Object pair = new Pair(1, 2); int sum(Sums sums) { return sums.of(new int[0]) + sums.of(1); } }"));
        sameAsCold(tree);
        tree.put("Pair.java", "record Pair(long b, int a) {}");
        sameAsCold(tree);
        tree.put("Sums.java", "class Sums { int of(int[] some) { return 0; } int of(Object all) { return 1; } }");
        sameAsCold(tree);
        tree.put("Sums.java", "class Sums { private Sums() {} int of(int[] some) { return 0; } int of(Object all) { return 1; } }");
        sameAsCold(tree);
        tree.put("Caller.java", "class Caller { Sums sums = new Sums(); Object pair; }");
        assertThat(warm.compile(new TreeMap<>(tree)).error()).contains("Sums");
    }

    @Test
    void whatAFileDoesNotNameIsSeenThroughWhatItNames() {
        Map<String, String> tree = new TreeMap<>(Map.of(
                "Limits.java", LIMITS,
                "Holder.java", "class Holder { Limits limits() { return new Limits(); } }",
                "Far.java", "class Far { String least(Holder holder) { return \"\" + holder.limits().least(); } }",
                "Sub.java", "class Sub extends Limits {}",
                "Heir.java", "class Heir { int most() { return Sub.MOST; } }"));
        sameAsCold(tree);
        tree.put("Limits.java", LIMITS.replace("int least", "long least").replace("MOST = 1", "MOST = 2"));
        sameAsCold(tree);
    }

    @Test
    void typesOfAnotherPackageAreSeenByWhoImportsThem() {
        Map<String, String> tree = new TreeMap<>(Map.of(
                "a/Limits.java", "package a; public class Limits { public static final int MOST = 1; }",
                "b/One.java", "package b; import a.Limits; class One { int most = Limits.MOST; }",
                "b/All.java", "package b; import a.*; class All { int most() { return Limits.MOST; } }",
                "b/Full.java", "package b; class Full { int most() { return a.Limits.MOST; } }",
                "b/Values.java", "package b; import static a.Limits.*; class Values { int most() { return MOST; } }"));
        sameAsCold(tree);
        tree.put("a/Limits.java", "package a; public class Limits { public static final int MOST = 2; }");
        sameAsCold(tree);
        tree.put("b/Limits.java", "package b; class Limits { static final int MOST = 3; }");
        sameAsCold(tree);
    }

    @Test
    void newTypeHidesOneOfThePlatform() {
        Map<String, String> tree = new TreeMap<>(Map.of("User.java", "class User { Object list = new Object(); }"));
        sameAsCold(tree);
        tree.put("Object.java", "class Object extends java.lang.Object {}");
        sameAsCold(tree);
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
