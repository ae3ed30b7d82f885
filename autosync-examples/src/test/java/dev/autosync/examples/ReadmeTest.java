package dev.autosync.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autosync.patch.BatchReport;
import dev.autosync.patch.PatchOutcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README shows is code of the examples, which is compiled, and run here. */
class ReadmeTest {
    @TempDir
    Path folder;

    @Test
    void showsTheCodeOfTheExamplesAndNothingElse() throws IOException {
        assertThat(javaBlocks()).containsExactly(region("EmbeddingExample", "ten-lines"), region("GateAloneExample", "gate-alone"));
    }

    @Test
    void embedsInTenLines() throws Exception {
        Path workspace = EmbeddingExample.tinyWorkspace(folder.resolve("embedding"));

        String printed = printedBy(() -> EmbeddingExample.main(new String[] {workspace.toString()}));

        assertThat(printed).contains("1 applied, 1 blamed").contains("culprit bad-manners");
        assertThat(workspace.resolve("greeting.txt")).hasContent("Hello, world\nHello, moon\n");
    }

    @Test
    void usesTheGateAlone() throws Exception {
        Path workspace = EmbeddingExample.tinyWorkspace(folder.resolve("gate"));
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<BatchReport> batch = new ArrayList<>();

        String printed = printedBy(() -> batch.add(GateAloneExample.decide(workspace, workspace.resolve("autosync/patches"), java,
                "Check.java")));

        assertThat(printed).contains("more-people: APPLIED").contains("bad-manners: BLAMED");
        assertThat(batch.get(0).outcomes(PatchOutcome.Kind.BLAMED)).hasSize(1);
    }

    private interface Code {
        void run() throws Exception;
    }

    private static String printedBy(Code code) throws Exception {
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            code.run();
        } finally {
            System.setOut(before);
        }
        return printed.toString(StandardCharsets.UTF_8);
    }

    private static List<String> javaBlocks() throws IOException {
        List<String> blocks = new ArrayList<>();
        String[] parts = Files.readString(Path.of("..", "README.md")).split("```java\n");
        for (int i = 1; i < parts.length; i++) {
            blocks.add(parts[i].substring(0, parts[i].indexOf("```")).stripTrailing());
        }
        return blocks;
    }

    private static String region(String example, String name) throws IOException {
        String source = Files.readString(Path.of("src/main/java/dev/autosync/examples", example + ".java"));
        String begin = "// @start region=\"" + name + "\"\n";
        return source.substring(source.indexOf(begin) + begin.length(), source.indexOf("// @end")).stripIndent().stripTrailing();
    }
}
