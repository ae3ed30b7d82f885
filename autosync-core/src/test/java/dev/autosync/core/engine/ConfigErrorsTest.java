package dev.autosync.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.autosync.AutoSyncException;
import dev.autosync.ErrorCode;
import dev.autosync.SyncEngine;
import dev.autosync.core.schema.Schemas;
import dev.autosync.testing.TestResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigErrorsTest {
    private static final String GOOD = """
            {
              "version": 1,
              "modules": ["."],
              "store": "json",
              "tests": {"type": "command", "command": ["true"]},
              "snapshot": {"exclude": ["target/**"]},
              "lock": {"wait": "PT1S"},
              "reporters": ["json", {"type": "markdown"}]
            }
            """;

    @TempDir
    Path workspace;

    @BeforeEach
    void layOut() throws IOException {
        Files.createDirectories(workspace.resolve("autosync/patches"));
        Files.createDirectories(workspace.resolve("autosync/kpi"));
        write("autosync/core_config.json", GOOD);
        write("f.txt", "kept\n");
    }

    private void write(String path, String text) throws IOException {
        Files.writeString(workspace.resolve(path), text);
    }

    private AutoSyncException failure() {
        try (SyncEngine engine = SyncEngine.open(workspace)) {
            engine.sync();
        } catch (AutoSyncException e) {
            return e;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        throw new AssertionError("nothing failed");
    }

    @Test
    void acceptsTheExample() throws Exception {
        try (SyncEngine engine = SyncEngine.open(workspace)) {
            assertThat(engine.sync().green()).isTrue();
        }
    }

    @Test
    void takesSeveralSuitesAsOne() throws Exception {
        write("autosync/core_config.json", GOOD.replace("{\"type\": \"command\", \"command\": [\"true\"]}", """
                {"type": "all", "endsEarly": true, "parallel": 2, "suites": {"unit": {"type": "command", "command": ["true"]},
                 "site": {"type": "command", "command": ["sh", "-c", "test ! -e bad"]}}}"""));
        try (SyncEngine engine = SyncEngine.open(workspace)) {
            assertThat(engine.sync().green()).isTrue();
            write("bad", "");
            assertThat(engine.sync().batch().baseline().orElseThrow().results()).extracting(TestResult::id, TestResult::status)
                    .contains(tuple("site", TestResult.Status.FAILED));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{\"type\": \"all\"}                                                                    | CONFIG_MISSING_KEY   | /tests        | suites",
        "{\"type\": \"all\", \"suites\": {}}                                                      | CONFIG_INVALID_VALUE | /tests/suites | names no suite",
        "{\"type\": \"all\", \"suites\": []}                                                      | CONFIG_WRONG_TYPE    | /tests/suites | must be an object",
        "{\"type\": \"all\", \"suites\": {\"a b\": {\"type\": \"command\", \"command\": [\"x\"]}}}      | CONFIG_INVALID_VALUE | /tests/suites | letters",
        "{\"type\": \"all\", \"suites\": {\"a\": {\"type\": \"command\", \"comand\": [\"x\"]}}}        | CONFIG_UNKNOWN_KEY   | /tests/suites/a/comand | did you mean 'command'",
        "{\"type\": \"all\", \"suites\": {\"a\": {\"type\": \"comand\"}}}                             | PLUGIN_UNKNOWN       | /tests/suites/a/type   | command",
        "{\"type\": \"all\", \"paralel\": 2, \"suites\": {\"a\": {\"type\": \"command\", \"command\": [\"x\"]}}} | CONFIG_UNKNOWN_KEY | /tests/paralel | parallel"})
    void saysWhatIsWrongWithSeveralSuites(String tests, ErrorCode code, String pointer, String message) throws Exception {
        write("autosync/core_config.json", GOOD.replace("{\"type\": \"command\", \"command\": [\"true\"]}", tests));

        assertThat(failure()).satisfies(e -> {
            assertThat(e.code()).isEqualTo(code);
            assertThat(e.location().orElseThrow().pointer()).contains(pointer);
            assertThat(e.getMessage()).contains(message);
        });
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "\"store\": \"json\"                | \"stor\": \"json\"                  | CONFIG_UNKNOWN_KEY   | 4 | /stor               | did you mean 'store'",
        "\"wait\": \"PT1S\"                 | \"wiat\": \"PT1S\"                  | CONFIG_UNKNOWN_KEY   | 7 | /lock/wiat          | did you mean 'wait'",
        "\"command\": [\"true\"]            | \"comand\": [\"true\"]              | CONFIG_UNKNOWN_KEY   | 5 | /tests/comand       | did you mean 'command'",
        "\"command\": [\"true\"]            | \"command\": [\"true\"], \"timout\": \"PT1M\" | CONFIG_UNKNOWN_KEY | 5 | /tests/timout | did you mean 'timeout'",
        "\"command\": [\"true\"]            | \"command\": \"true\"               | CONFIG_WRONG_TYPE    | 5 | /tests/command      | must be an array",
        "\"command\": [\"true\"]            | \"command\": [true]                 | CONFIG_WRONG_TYPE    | 5 | /tests/command/0    | must be a text",
        "\"wait\": \"PT1S\"                 | \"wait\": 1                         | CONFIG_WRONG_TYPE    | 7 | /lock/wait          | is the number 1",
        "\"wait\": \"PT1S\"                 | \"wait\": \"soon\"                  | CONFIG_INVALID_VALUE | 7 | /lock/wait          | PT10M",
        "\"wait\": \"PT1S\"                 | \"wait\": \"PT-1S\"                 | CONFIG_INVALID_VALUE | 7 | /lock/wait          | more than zero",
        "\"lock\": {\"wait\": \"PT1S\"} | \"lock\": {\"takeOverAfter\": \"PT0S\"} | CONFIG_INVALID_VALUE | 7 | /lock/takeOverAfter | more than zero",
        "\"lock\": {\"wait\": \"PT1S\"} | \"retry\": {\"attempts\": 0} | CONFIG_INVALID_VALUE | 7 | /retry/attempts | 1",
        "\"lock\": {\"wait\": \"PT1S\"} | \"retry\": {\"first\": \"PT0S\"} | CONFIG_INVALID_VALUE | 7 | /retry/first | more than zero",
        "\"lock\": {\"wait\": \"PT1S\"} | \"retry\": {\"first\": \"PT2S\", \"cap\": \"PT1S\"} | CONFIG_INVALID_VALUE | 7 | /retry/cap | below the first delay",
        "\"lock\": {\"wait\": \"PT1S\"} | \"retry\": {\"jitter\": \"some\"} | CONFIG_INVALID_VALUE | 7 | /retry/jitter | decorrelated",
        "\"lock\": {\"wait\": \"PT1S\"} | \"retry\": {\"attempt\": 3} | CONFIG_UNKNOWN_KEY | 7 | /retry/attempt | attempts",
        "\"type\": \"command\"              | \"type\": \"comand\"                | PLUGIN_UNKNOWN       | 5 | /tests/type         | known are: command, junit-platform",
        "\"store\": \"json\"                | \"store\": \"jsno\"                 | PLUGIN_UNKNOWN       | 4 | /store              | did you mean 'json'",
        "\"store\": \"json\"                | \"store\": {\"type\": \"json\", \"segmentByte\": 1} | CONFIG_UNKNOWN_KEY | 4 | /store/segmentByte | did you mean 'segmentBytes'",
        "\"store\": \"json\"                | \"store\": 7                        | CONFIG_WRONG_TYPE    | 4 | /store              | the name of a store",
        "{\"type\": \"markdown\"}           | {\"type\": \"markdwn\"}             | PLUGIN_UNKNOWN       | 8 | /reporters/1/type   | did you mean 'markdown'",
        "\"modules\": [\".\"]               | \"modules\": [\"nowhere\"]          | CONFIG_INVALID_VALUE | 3 | /modules            | no folder 'nowhere'",
        "\"modules\": [\".\"]               | \"modules\": [\".\", \".\"]       | CONFIG_INVALID_VALUE | 3 | /modules            | names a folder",
        "\"modules\": [\".\"]               | \"modules\": [\"../x\"]             | CONFIG_INVALID_VALUE | 3 | /modules            | not a name",
        "\"target/**\"                      | \"target/[\"                        | CONFIG_INVALID_VALUE | 6 | /snapshot/exclude   | no glob",
        "\"version\": 1                     | \"version\": 2                      | CONFIG_VERSION       | 2 | /version            | upgrade",
        "\"version\": 1                     | \"version\": 1, \"version\": 1      | CONFIG_INVALID_VALUE | 2 | /version            | twice",
        "\"version\": 1,                    | ``                                  | CONFIG_MISSING_KEY   | 1 | ``                  | 'version'",
        "\"tests\": {\"type\": \"command\", \"command\": [\"true\"]}, | ``        | CONFIG_MISSING_KEY   | 1 | ``                  | 'tests'",
        "\"reporters\"                      | reporters                           | CONFIG_SYNTAX        | 8 | ``                  | column",
    })
    void namesFileLineAndPointer(String find, String replace, ErrorCode code, int line, String pointer, String says) throws IOException {
        assertThat(GOOD).contains(find);
        write("autosync/core_config.json", GOOD.replace(find, replace));

        AutoSyncException failure = failure();

        assertThat(failure.code()).as(failure.getMessage()).isEqualTo(code);
        assertThat(failure.getMessage()).contains(says).contains(code.id()).contains("autosync/core_config.json:" + line);
        assertThat(failure.location().orElseThrow().file()).isEqualTo("autosync/core_config.json");
        assertThat(failure.location().orElseThrow().line()).hasValue(line);
        if (!pointer.isEmpty()) {
            assertThat(failure.location().orElseThrow().pointer()).contains(pointer);
        }
        assertThat(workspace.resolve("f.txt")).hasContent("kept\n");
        assertThat(workspace.resolve(".autosync")).as("nothing was begun").doesNotExist();
        // A schema does not know which plugins and folders are there, nor that JSON allows a name twice, and compares no values.
        boolean beyondSchemas = code == ErrorCode.PLUGIN_UNKNOWN || says.startsWith("no folder") || says.equals("twice")
                || says.equals("'tests'") || says.startsWith("below");
        assertThat(Schemas.errors("core_config", GOOD.replace(find, replace)).isEmpty()).as("the schema").isEqualTo(beyondSchemas);
    }

    @Test
    void saysWhichFileIsMissing() throws IOException {
        Files.delete(workspace.resolve("autosync/core_config.json"));

        AutoSyncException failure = failure();

        assertThat(failure.code()).isEqualTo(ErrorCode.CONFIG_NOT_FOUND);
        assertThat(failure).hasMessageContaining("autosync/core_config.json").hasMessageContaining("SyncEngine.builder");
    }

    @ParameterizedTest
    @ValueSource(strings = {"autosync/core_config.json", "autosync/dashboard_config.json", "autosync/patches", "autosync/kpi"})
    void refusesWhatLiesBehindASymbolicLink(String path) throws IOException {
        Path elsewhere = Files.createTempDirectory(workspace, "elsewhere").resolve("there");
        if (Files.exists(workspace.resolve(path))) {
            Files.move(workspace.resolve(path), elsewhere);
        }
        Files.createSymbolicLink(workspace.resolve(path), elsewhere);

        AutoSyncException failure = failure();

        assertThat(failure.code()).as(failure.getMessage()).isEqualTo(ErrorCode.CONFIG_UNREADABLE);
        assertThat(failure.location().orElseThrow().file()).isEqualTo(path);
    }

    @ParameterizedTest
    @ValueSource(strings = {"autosync/core_config.json", "autosync/dashboard_config.json", "autosync/patches/p.json", "autosync/kpi/k.json"})
    void refusesEveryFileThatIsEmptyOrTruncatedOrNotJsonOrOfAnotherType(String file) throws IOException {
        String whole = switch (file) {
            case "autosync/core_config.json" -> GOOD;
            case "autosync/dashboard_config.json" -> "{\"version\": 1, \"title\": \"t\", \"kpis\": [\"a\"]}";
            case "autosync/patches/p.json" -> "{\"version\": 1, \"id\": \"p\", \"format\": \"write-file\", \"target\": \"n.txt\", \"content\": \"x\"}";
            default -> "{\"version\": 1, \"kpis\": [{\"name\": \"a\", \"value\": 1}]}";
        };
        for (int length = 0; length < whole.stripTrailing().length(); length++) {
            write(file, whole.substring(0, length));
            assertFailsIn(file, ErrorCode.CONFIG_SYNTAX);
        }
        write(file, "not JSON");
        assertFailsIn(file, ErrorCode.CONFIG_SYNTAX);
        write(file, "[]");
        assertFailsIn(file, ErrorCode.CONFIG_WRONG_TYPE);
        write(file, whole.replaceFirst("\"version\": 1", "\"version\": \"1\""));
        assertFailsIn(file, ErrorCode.CONFIG_WRONG_TYPE);
        write(file, whole.replaceFirst("\"version\": 1", "\"version\": 1, \"unknown-key\": 1"));
        assertFailsIn(file, ErrorCode.CONFIG_UNKNOWN_KEY);
        Files.write(workspace.resolve(file), new byte[] {'{', (byte) 0xff, '}'});
        assertFailsIn(file, ErrorCode.CONFIG_SYNTAX);
        assertThat(workspace.resolve("f.txt")).hasContent("kept\n");
        assertThat(workspace.resolve("n.txt")).doesNotExist();
    }

    private void assertFailsIn(String file, ErrorCode code) {
        AutoSyncException failure = failure();
        assertThat(failure.code()).as(failure.getMessage()).isEqualTo(code);
        assertThat(failure.location().orElseThrow().file()).isEqualTo(file);
        assertThat(failure.location().orElseThrow().line()).isPresent();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "autosync/patches/p.json | {\"version\": 1, \"format\": \"write-file\"}                                   | CONFIG_MISSING_KEY   | 'id'",
        "autosync/patches/p.json | {\"version\": 1, \"id\": \"a b\", \"format\": \"write-file\"}                  | CONFIG_INVALID_VALUE | letters",
        "autosync/patches/p.json | {\"version\": 1, \"patches\": [{\"id\": \"a\", \"fromat\": \"x\"}]}            | CONFIG_UNKNOWN_KEY   | 'format'",
        "autosync/patches/p.json | {\"version\": 1, \"id\": \"a\", \"format\": \"x\", \"encoding\": \"latin\"}    | CONFIG_INVALID_VALUE | base64",
        "autosync/patches/p.json | {\"version\": 1, \"id\": \"a\", \"format\": \"x\", \"encoding\": \"base64\", \"content\": \"=x=\"} | CONFIG_INVALID_VALUE | base64",
        "autosync/patches/p.json | {\"version\": 1, \"id\": \"a\", \"format\": \"x\", \"encoding\": \"base64\", \"content\": \"!!!\"} | CONFIG_INVALID_VALUE | base64",
        "autosync/patches/p.json | {\"version\": 1, \"id\": \"a\", \"format\": \"write-file\", \"target\": \"f.txt\"} | CONFIG_MISSING_KEY | 'content'",
        "autosync/patches/p.json | {\"version\": 1, \"id\": \"a\", \"format\": \"x\", \"expectedSha256\": \"12\"} | CONFIG_INVALID_VALUE | 64",
        "autosync/patches/p.json | {\"version\": 1, \"id\": \"a\", \"format\": \"x\", \"content\": \"\", \"lines\": []} | CONFIG_INVALID_VALUE | one of the two",
        "autosync/patches/p.json | {\"version\": 1, \"patches\": [{\"id\": \"a\", \"format\": \"x\"}, {\"id\": \"a\", \"format\": \"x\"}]} | BATCH_INVALID | 'a'",
        "autosync/patches/p.json | {\"version\": 1, \"id\": \"a\", \"format\": \"unified-diff\", \"content\": [\"x\"]} | CONFIG_WRONG_TYPE | 'lines'",
        "autosync/patches/p.json | {\"version\": 1, \"id\": \"a\", \"format\": \"x\", \"needs\": [\"b\"]}         | BATCH_INVALID        | 'b'",
        "autosync/kpi/k.json     | {\"version\": 1}                                                               | CONFIG_MISSING_KEY   | 'kpis'",
        "autosync/kpi/k.json     | {\"version\": 1, \"kpis\": [{\"name\": \"a\", \"value\": \"1\"}]}              | CONFIG_WRONG_TYPE    | a number",
        "autosync/kpi/k.json     | {\"version\": 1, \"kpis\": [{\"name\": \"a\", \"value\": 1e999}]}              | CONFIG_INVALID_VALUE | too large",
        "autosync/kpi/k.json     | {\"version\": 1, \"kpis\": [{\"name\": \"a\", \"value\": 1, \"direction\": \"sideways\"}]} | CONFIG_INVALID_VALUE | up or down",
        "autosync/kpi/k.json     | {\"version\": 1, \"kpis\": [{\"name\": \"a\", \"value\": 1}, {\"name\": \"a\", \"value\": 2}]} | CONFIG_INVALID_VALUE | another KPI",
    })
    void judgesPatchAndKpiFiles(String file, String text, ErrorCode code, String says) throws IOException {
        write(file, text);
        AutoSyncException failure = failure();
        assertThat(failure.code()).as(failure.getMessage()).isEqualTo(code);
        assertThat(failure).hasMessageContaining(says);
        // A schema sees one file, and not what is the same in two places of it.
        boolean beyondSchemas = code == ErrorCode.BATCH_INVALID || says.equals("another KPI");
        assertThat(Schemas.errors(file.contains("kpi") ? "kpi" : "patch", text).isEmpty()).as("the schema").isEqualTo(beyondSchemas);
    }

    @Test
    void followsNoLinkOutOfTheWorkspace() throws IOException {
        Path secret = Files.writeString(workspace.resolveSibling(workspace.getFileName() + "-secret"), "s3cret");
        try {
            Files.createSymbolicLink(workspace.resolve("autosync/patches/p.json"), secret);
            AutoSyncException failure = failure();
            assertThat(failure.code()).isEqualTo(ErrorCode.CONFIG_UNREADABLE);
            assertThat(failure.getMessage()).doesNotContain("s3cret");
        } finally {
            Files.delete(secret);
        }
    }

    @Test
    void refusesAnEngineWithoutTests() {
        assertThatThrownBy(() -> SyncEngine.builder(workspace).build()).hasMessageContaining("tests(...)").hasMessageContaining("AS-1601");
        assertThatThrownBy(() -> SyncEngine.builder(workspace).tests(new NoBad()).store("postgres").build())
                .hasMessageContaining("no store 'postgres'").hasMessageContaining("known are: json, sqlite").hasMessageContaining("AS-1501");
        assertThatThrownBy(() -> SyncEngine.builder(workspace.resolve("nowhere"))).hasMessageContaining("AS-1301");
    }
}
