package dev.autosync.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PatchTest {
    @Test
    void namesItsFormat() {
        assertThat(Patch.unifiedDiff("p", "d").format()).isEqualTo("unified-diff");
        assertThat(Patch.jsonPatch("p", "f", "[]").format()).isEqualTo("json-patch");
        assertThat(Patch.mergePatch("p", "f", "{}").format()).isEqualTo("merge-patch");
        assertThat(Patch.write("p", "f", new byte[0]).format()).isEqualTo("write-file");
        assertThat(Patch.delete("p", "f").format()).isEqualTo("delete-file");
        assertThat(Patch.unifiedDiff("p", "d").target()).as("a diff names its files itself").isEmpty();
        assertThat(Patch.delete("p", "f").target()).contains("f");
    }

    @Test
    void givesBackWhatItWasMadeOf() {
        Patch patch = Patch.builder("p", "x").target("f").content("ü").needs("a", "b").needs("a").description("why")
                .expectedSha256("AB".repeat(32)).build();

        assertThat(patch.text()).isEqualTo("ü");
        assertThat(patch.needs()).containsExactly("a", "b");
        assertThat(patch.description()).isEqualTo("why");
        assertThat(patch.expectedSha256()).as("in lower case").contains("ab".repeat(32));
        assertThat(patch).hasToString("p (x on f)");
    }

    @Test
    void keepsItsBytesToItself() {
        byte[] bytes = {1, 2};
        Patch patch = Patch.write("p", "f", bytes);
        bytes[0] = 9;
        patch.content()[1] = 9;

        assertThat(patch.content()).containsExactly(1, 2);
    }

    @Test
    void hasTheChecksumOfWhatItAsksFor() {
        Patch patch = Patch.write("p", "f", new byte[] {1});

        assertThat(patch.checksum()).matches("v0:sha256:[0-9a-f]{64}").isEqualTo(Patch.write("other-id", "f", new byte[] {1}).checksum())
                .isNotEqualTo(Patch.write("p", "g", new byte[] {1}).checksum())
                .isNotEqualTo(Patch.write("p", "f", new byte[] {2}).checksum())
                .isNotEqualTo(Patch.builder("p", "x").target("f").content(new byte[] {1}).build().checksum());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a\nb", "a\u001bb", "a'b", "a\u202eb"})
    void refusesAnIdThatCouldBeMistakenInAMessage(String id) {
        assertThatIllegalArgumentException().isThrownBy(() -> Patch.builder(id, "x")).withMessageContaining("id must be");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "PROJ-17", "src/main/A.java", "größe", "1.2@next:3#4+5_6"})
    void takesTheIdsThatToolsUse(String id) {
        assertThat(Patch.builder(id, "x").build().id()).isEqualTo(id);
    }

    @Test
    void refusesWhatNoPatchCanBe() {
        assertThatIllegalArgumentException().isThrownBy(() -> Patch.builder("x".repeat(201), "x"));
        assertThatIllegalArgumentException().isThrownBy(() -> Patch.builder("p", " ")).withMessageContaining("format");
        assertThatIllegalArgumentException().isThrownBy(() -> Patch.builder("p", "x").expectedSha256("12"))
                .withMessageContaining("64 hexadecimal digits");
    }
}
