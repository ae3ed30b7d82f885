package dev.autosync.core.contracts;

import dev.autosync.core.patch.PatchFormats;
import dev.autosync.patch.Patch;
import dev.autosync.spi.PatchFormat;
import dev.autosync.testkit.InMemoryFileTree;
import dev.autosync.testkit.PatchFormatContract;
import dev.autosync.testkit.PatchSample;
import java.util.List;
import org.junit.jupiter.api.Nested;

/** The built-in formats keep the contract that formats of plugins must keep. */
class BuiltInFormatsContractTest {
    private static final String JSON = "{\n  \"a\": 1,\n  \"list\": [1, 2],\n  \"deep\": {\"b\": true}\n}\n";

    private static PatchFormat format(String name) {
        return PatchFormats.builtIn().stream().filter(format -> format.name().equals(name)).findFirst().orElseThrow();
    }

    private static InMemoryFileTree json() {
        return InMemoryFileTree.empty().with("c.json", JSON);
    }

    @Nested
    class UnifiedDiff extends PatchFormatContract {
        @Override
        protected PatchFormat format() {
            return BuiltInFormatsContractTest.format("unified-diff");
        }

        @Override
        protected List<PatchSample> samples() {
            InMemoryFileTree tree = InMemoryFileTree.empty().with("src/A.java", "one\ntwo\nthree\nfour\n").with("gone.txt", "bye\n");
            return List.of(
                    PatchSample.of(Patch.unifiedDiff("change", "--- a/src/A.java\n+++ b/src/A.java\n@@ -1,4 +1,4 @@\n one\n-two\n+2\n three\n four\n"), tree),
                    PatchSample.of(Patch.unifiedDiff("git", """
                            diff --git a/new.txt b/new.txt
                            new file mode 100644
                            --- /dev/null
                            +++ b/new.txt
                            @@ -0,0 +1 @@
                            +hello
                            diff --git a/gone.txt b/gone.txt
                            deleted file mode 100644
                            --- a/gone.txt
                            +++ /dev/null
                            @@ -1 +0,0 @@
                            -bye
                            """), tree),
                    PatchSample.of(Patch.unifiedDiff("rename", """
                            diff --git a/src/A.java b/src/B.java
                            similarity index 100%
                            rename from src/A.java
                            rename to src/B.java
                            """), tree));
        }
    }

    @Nested
    class JsonPatch extends PatchFormatContract {
        @Override
        protected PatchFormat format() {
            return BuiltInFormatsContractTest.format("json-patch");
        }

        @Override
        protected List<PatchSample> samples() {
            return List.of(
                    PatchSample.of(Patch.jsonPatch("remove", "c.json", "[{\"op\": \"remove\", \"path\": \"/deep/b\"}]"), json()),
                    PatchSample.of(Patch.jsonPatch("move", "c.json", """
                            [{"op": "test", "path": "/a", "value": 1}, {"op": "move", "from": "/a", "path": "/deep/a"}]"""), json()));
        }
    }

    @Nested
    class MergePatch extends PatchFormatContract {
        @Override
        protected PatchFormat format() {
            return BuiltInFormatsContractTest.format("merge-patch");
        }

        @Override
        protected List<PatchSample> samples() {
            return List.of(PatchSample.of(Patch.mergePatch("merge", "c.json", "{\"a\": null, \"deep\": {\"c\": [1]}}"), json()));
        }
    }

    @Nested
    class WriteFile extends PatchFormatContract {
        @Override
        protected PatchFormat format() {
            return BuiltInFormatsContractTest.format("write-file");
        }

        @Override
        protected List<PatchSample> samples() {
            return List.of(PatchSample.of(Patch.write("write", "a/new.txt", "text".getBytes()), InMemoryFileTree.empty()),
                    PatchSample.of(Patch.write("replace", "run.sh", "exit 1".getBytes()),
                            InMemoryFileTree.empty().with("run.sh", "exit 0")));
        }

        @Override
        protected boolean refusesGarbage() {
            return false;
        }
    }

    @Nested
    class DeleteFile extends PatchFormatContract {
        @Override
        protected PatchFormat format() {
            return BuiltInFormatsContractTest.format("delete-file");
        }

        @Override
        protected List<PatchSample> samples() {
            return List.of(PatchSample.of(Patch.delete("delete", "c.json"), json()));
        }

        @Override
        protected boolean refusesGarbage() {
            return false;
        }
    }

    @Nested
    class ApplyPatch extends PatchFormatContract {
        @Override
        protected PatchFormat format() {
            return BuiltInFormatsContractTest.format("apply-patch");
        }

        @Override
        protected List<PatchSample> samples() {
            InMemoryFileTree tree = InMemoryFileTree.empty().with("src/A.java", "class A {\n    int x;\n}\n").with("gone.txt", "bye\n");
            return List.of(
                    PatchSample.of(patch("change", """
                            *** Begin Patch
                            *** Update File: src/A.java
                            @@ class A {
                            -    int x;
                            +    int y;
                            *** Add File: new.txt
                            +hello
                            *** Delete File: gone.txt
                            *** End Patch
                            """), tree),
                    PatchSample.of(patch("move", """
                            *** Begin Patch
                            *** Update File: src/A.java
                            *** Move to: src/B.java
                            -class A {
                            +class B {
                            *** End Patch
                            """), tree));
        }

        private Patch patch(String id, String text) {
            return Patch.builder(id, "apply-patch").content(text).build();
        }
    }

    @Nested
    class SearchReplace extends PatchFormatContract {
        @Override
        protected PatchFormat format() {
            return BuiltInFormatsContractTest.format("search-replace");
        }

        @Override
        protected List<PatchSample> samples() {
            return List.of(PatchSample.of(Patch.builder("blocks", "search-replace").content("""
                    src/A.java
                    ```java
                    <<<<<<< SEARCH
                        int x;
                    =======
                        int y;
                    >>>>>>> REPLACE
                    ```
                    new.txt
                    <<<<<<< SEARCH
                    =======
                    hello
                    >>>>>>> REPLACE
                    """).build(), InMemoryFileTree.empty().with("src/A.java", "class A {\n    int x;\n}\n")));
        }
    }

    @Nested
    class MoveFile extends PatchFormatContract {
        @Override
        protected PatchFormat format() {
            return BuiltInFormatsContractTest.format("move-file");
        }

        @Override
        protected List<PatchSample> samples() {
            return List.of(PatchSample.of(Patch.move("move", "c.json", "d/e.json"), json()));
        }

        /** Most texts of one line are a path. */
        @Override
        protected List<byte[]> garbage() {
            return List.of(new byte[0], " ".getBytes(), "a\nb".getBytes(), "../x".getBytes(), "a/../b".getBytes(), new byte[] {'a', (byte) 0xff});
        }
    }
}
