package dev.autosync.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MutationsTest {
    private static final String CODE = """
            class A {
                // a == b is no code, nor is the next
                String text = "a == b && c";
                char quote = '"';
                boolean same(int a, int b) {
                    return a == b;
                }
            }
            """;

    @Test
    void changesCodeAndNothingElse() {
        List<Mutation> mutations = Mutations.of("A.java", CODE, CODE, 1);

        assertThat(mutations).singleElement().satisfies(mutation -> {
            assertThat(mutation.line()).isEqualTo(6);
            assertThat(mutation.apply(CODE)).isEqualTo(CODE.replace("return a == b;", "return a != b;"));
        });
    }

    @Test
    void leavesPlacesAloneThatAnotherChangeTouches() {
        assertThat(Mutations.of("A.java", CODE, CODE.replace("char quote", "char mark"), 1)).isEmpty();
        assertThat(Mutations.of("A.java", CODE, "// more\n" + CODE, 1)).hasSize(1);
    }

    @Test
    void leavesHeadsOfLoopsAlone() {
        String loop = "class A {\n    void f() {\n        while (a() && b()) {\n        }\n    }\n}\n";

        assertThat(Mutations.of("A.java", loop, loop, 1)).isEmpty();
    }

    @Test
    void sameSeedGivesSameOrder() {
        String many = CODE.replace("return a == b;", "return a == b && a < 3 || b > 4;");

        assertThat(Mutations.of("A.java", many, many, 7)).hasSize(5).isEqualTo(Mutations.of("A.java", many, many, 7));
    }
}
