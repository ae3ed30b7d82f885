package dev.autosync.core.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.autosync.AutoSyncException;
import dev.autosync.ErrorCode;
import dev.autosync.SyncEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The schemas of the files that people write say what the readers say. */
class ReadersAndSchemasTest {
    private static final String TESTS = "\"tests\": {\"type\": \"command\", \"command\": [\"true\"]}";
    /** A key like no other, so that the error lists all keys that the reader asks for. */
    private static final String ODD = "\"qqqqqqqqqqqqqqqqqqqq\": 1";

    @TempDir
    Path workspace;

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "core_config      |                 | {\"version\": 1, TESTS, ODD}",
        "core_config      | jsonStore       | {\"version\": 1, TESTS, \"store\": {\"type\": \"json\", ODD}}",
        "core_config      | storeRetention  | {\"version\": 1, TESTS, \"store\": {\"type\": \"json\", \"retention\": {\"days\": 1, ODD}}}",
        "core_config      | commandTests    | {\"version\": 1, \"tests\": {\"type\": \"command\", \"command\": [\"true\"], ODD}}",
        "core_config      | junitTests      | {\"version\": 1, \"tests\": {\"type\": \"junit-platform\", \"testClasses\": [\"t\"], ODD}}",
        "core_config      | testPolicy      | {\"version\": 1, TESTS, \"testPolicy\": {ODD}}",
        "core_config      | combinedTests   | {\"version\": 1, \"tests\": {\"type\": \"all\", \"suites\": {\"a\": {\"type\": \"command\", \"command\": [\"x\"]}}, ODD}}",
        "core_config      | builtInReporter | {\"version\": 1, TESTS, \"reporters\": [{\"type\": \"json\", ODD}]}",
        "core_config      | builtInReporter | {\"version\": 1, TESTS, \"reporters\": [{\"type\": \"markdown\", ODD}]}",
        "core_config      | builtInReporter | {\"version\": 1, TESTS, \"reporters\": [{\"type\": \"console\", ODD}]}",
        "core_config      | builtInReporter | {\"version\": 1, TESTS, \"reporters\": [{\"type\": \"html\", ODD}]}",
        "core_config      | snapshot        | {\"version\": 1, TESTS, \"snapshot\": {ODD}}",
        "core_config      | inPlace         | {\"version\": 1, TESTS, \"isolation\": {\"type\": \"in-place\", ODD}}",
        "core_config      | candidates      | {\"version\": 1, TESTS, \"isolation\": {\"type\": \"candidates\", ODD}}",
        "core_config      | testChanges     | {\"version\": 1, TESTS, \"testChanges\": {\"policy\": \"undo\", ODD}}",
        "core_config      | lock            | {\"version\": 1, TESTS, \"lock\": {ODD}}",
        "core_config      | retry           | {\"version\": 1, TESTS, \"retry\": {ODD}}",
        "core_config      | stable          | {\"version\": 1, TESTS, \"stable\": {ODD}}",
        "core_config      | improve         | {\"version\": 1, TESTS, \"improve\": {ODD}}",
        "core_config      | weights         | {\"version\": 1, TESTS, \"improve\": {\"weights\": {ODD}}}",
        "dashboard_config |                 | {\"version\": 1, ODD}",
        "dashboard_config | alert           | {\"version\": 1, \"alerts\": [{\"series\": \"success\", \"below\": 1, ODD}]}",
        "connectors_config |                | {\"version\": 1, ODD}",
        "kpi              |                 | {\"version\": 1, \"kpis\": [], ODD}",
        "kpi              | kpi             | {\"version\": 1, \"kpis\": [{\"name\": \"a\", \"value\": 1, ODD}]}",
        "patch            | list            | {\"version\": 1, \"patches\": [], ODD}",
        "patch            | patch           | {\"version\": 1, \"patches\": [{\"id\": \"a\", \"format\": \"x\", ODD}]}",
    })
    void haveTheSameKeys(String name, String definition, String document) throws IOException {
        String text = document.replace("TESTS", TESTS).replace("ODD", ODD);

        AutoSyncException failure = read(name, text);

        assertThat(failure.code()).as(failure.getMessage()).isEqualTo(ErrorCode.CONFIG_UNKNOWN_KEY);
        assertThat(Schemas.errors(name, text)).as("the schema of " + name + " knows no such key either").isNotEmpty();
        String known = failure.getMessage().replaceFirst(".*; known are (.*) \\[AS-.*", "$1");
        assertThat(new TreeSet<>(Set.of(known.split(", "))))
                .isEqualTo(SchemaKeys.ofDefinition(name, definition == null ? "" : definition));
    }

    @Test
    void haveTheSameKeysForAPatchWithoutAList() throws IOException {
        AutoSyncException failure = read("patch", "{\"version\": 1, \"id\": \"a\", \"format\": \"x\", " + ODD + "}");

        Set<String> keys = new TreeSet<>(SchemaKeys.ofDefinition("patch", "patch"));
        keys.addAll(SchemaKeys.ofDefinition("patch", "single"));
        keys.add("patches");
        assertThat(failure.getMessage()).contains("known are " + String.join(", ", keys) + " [");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{\"version\": 1, TESTS, \"lock\": {\"wait\": \"PT0S\"}}",
        "{\"version\": 1, TESTS, \"lock\": {\"wait\": \"P\"}}",
        "{\"version\": 1, TESTS, \"lock\": {\"wait\": \"10\"}}",
        "{\"version\": 1, TESTS, \"modules\": [\"/etc\"]}",
        "{\"version\": 1, TESTS, \"stable\": {\"greenCycles\": 0}}",
        "{\"version\": 1, TESTS, \"improve\": {\"weights\": {\"risk\": -1}}}",
        "{\"version\": 1, TESTS, \"improve\": {\"adopted\": \"all\"}}",
        "{\"version\": 1, TESTS, \"modules\": [\"a/../../b\"]}",
        "{\"version\": 1, TESTS, \"snapshot\": {\"exclude\": [\"{a\"]}}",
        "{\"version\": 1, TESTS, \"isolation\": \"copies\"}",
        "{\"version\": 1, TESTS, \"isolation\": 2}",
        "{\"version\": 1, TESTS, \"isolation\": {\"copies\": 2}}",
        "{\"version\": 1, TESTS, \"isolation\": {\"type\": \"candidates\", \"copies\": 0}}",
        "{\"version\": 1, TESTS, \"isolation\": {\"type\": \"candidates\", \"copies\": 17}}",
        "{\"version\": 1, TESTS, \"isolation\": {\"type\": \"candidates\", \"include\": [\"a/../../b\"]}}",
        "{\"version\": 1, TESTS, \"isolation\": {\"type\": \"candidates\", \"include\": [\"a/.Git\"]}}",
        "{\"version\": 1, TESTS, \"isolation\": {\"type\": \"candidates\", \"include\": [\"/etc\"]}}",
        "{\"version\": 1, TESTS, \"testChanges\": \"keep\"}",
        "{\"version\": 1, TESTS, \"testChanges\": {\"tracked\": true}}",
        "{\"version\": 1, TESTS, \"testChanges\": {\"policy\": \"report\", \"tracked\": true}}",
        "{\"version\": 1, TESTS, \"snapshot\": {\"keep\": 1}}",
        "{\"version\": 1, TESTS, \"snapshot\": {\"keep\": 1001}}",
        "{\"version\": 1, TESTS, \"snapshot\": {\"maxBytes\": 1000}}",
        "{\"version\": 1, TESTS, \"snapshot\": {\"maxFileBytes\": 1073741825}}",
        "{\"version\": 1, TESTS, \"snapshot\": {\"minFreeBytes\": -1}}",
        "{\"version\": 1, TESTS, \"snapshot\": {\"gitignore\": \"yes\"}}",
        "{\"version\": 1, TESTS, \"patchLimits\": {\"maxPatches\": 0}}",
        "{\"version\": 1, TESTS, \"patchLimits\": {\"maxFileBytes\": 104857601}}",
        "{\"version\": 1, TESTS, \"patchLimits\": {\"maxhunks\": 1}}",
        "{\"version\": 1, TESTS, \"store\": {}}",
        "{\"version\": 1, TESTS, \"store\": {\"type\": \"json\", \"segmentBytes\": 1}}",
        "{\"version\": 1, TESTS, \"store\": {\"type\": \"json\", \"segmentBytes\": 4096.5}}",
        "{\"version\": 1, TESTS, \"store\": {\"type\": \"json\", \"mirror\": \"yes\"}}",
        "{\"version\": 1, TESTS, \"store\": {\"type\": \"sqlite\", \"retention\": {}}}",
        "{\"version\": 1, TESTS, \"store\": {\"type\": \"json\", \"retention\": {\"days\": 0}}}",
        "{\"version\": 1, TESTS, \"store\": {\"type\": \"json\", \"retention\": {\"days\": 36501}}}",
        "{\"version\": 1, TESTS, \"store\": {\"type\": \"json\", \"retention\": {\"days\": 30, \"kinds\": []}}}",
        "{\"version\": 1, TESTS, \"store\": {\"type\": \"json\", \"retention\": {\"days\": 30, \"kinds\": [\"patch\"]}}}",
        "{\"version\": 1, TESTS, \"reporters\": \"json\"}",
        "{\"version\": 1, TESTS, \"reporters\": [null]}",
        "{\"version\": 1, \"tests\": \"command\"}",
        "{\"version\": 1, \"tests\": \"junit-platform\"}",
        "{\"version\": 1, \"tests\": {\"type\": \"command\", \"command\": []}}",
        "{\"version\": 1, \"tests\": {\"type\": \"command\", \"command\": [\"\"]}}",
        "{\"version\": 1, \"tests\": {\"type\": \"command\", \"command\": [\"a\"], \"junitReports\": [\"../x\"]}}",
        "{\"version\": 1, \"tests\": {\"type\": \"command\", \"command\": [\"a\"], \"passEnvironment\": [\"A=B\"]}}",
        "{\"version\": 1, \"tests\": {\"type\": \"command\", \"command\": [\"a\"], \"failFastArguments\": [\"\\u0000\"]}}",
        "{\"version\": 1, \"tests\": {\"type\": \"command\", \"command\": [\"a\"], \"selection\": \"ant\"}}",
        "{\"version\": 1, \"tests\": {\"type\": \"command\", \"command\": [\"a\"], \"selectionTemplate\": [\"-k\", \"{name}\"]}}",
        "{\"version\": 1, \"tests\": {\"type\": \"command\", \"command\": [\"a\"], \"selection\": \"maven\", \"selectionTemplate\": [\"{id}\"]}}",
        "{\"version\": 1, \"tests\": {\"type\": \"junit-platform\"}}",
        "{\"version\": 1, \"tests\": {\"type\": \"junit-platform\", \"testClasses\": []}}",
        "{\"version\": 1, \"tests\": {\"type\": \"junit-platform\", \"testClasses\": [\"t\"], \"sources\": \"s\"}}",
    })
    void bothRefuseAConfiguration(String document) throws IOException {
        String text = document.replace("TESTS", TESTS);
        assertThat(read("core_config", text).code().name()).startsWith("CONFIG_");
        assertThat(Schemas.errors("core_config", text)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{\"version\": 1, \"id\": \"a\", \"format\": \"x\", \"encoding\": \"base64\", \"lines\": [\"eA==\"]}",
        "{\"version\": 1, \"id\": \"a\", \"format\": \"x\", \"encoding\": \"base64\", \"content\": [1]}",
        "{\"version\": 1, \"id\": \"a\", \"format\": \"x\", \"expectedSha256\": \"0000000000000000000000000000000000000000000000000000000000000000\"}",
        "{\"version\": 1, \"id\": \"a\", \"format\": \"x\", \"needs\": \"b\"}",
        "{\"version\": 1, \"id\": \"a\", \"format\": \"x\", \"options\": {\"a\": [1]}}",
        "{\"version\": 1, \"id\": \"a\", \"format\": \"x\", \"expects\": {\"f\": \"12\"}}",
        "{\"version\": 1, \"id\": \"a\", \"format\": \" \"}",
        "{\"version\": 1, \"id\": \"a\", \"format\": \"x\", \"patches\": []}",
    })
    void bothRefuseAPatch(String text) throws IOException {
        assertThat(read("patch", text).code().name()).startsWith("CONFIG_");
        assertThat(Schemas.errors("patch", text)).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{\"name\": \" \", \"value\": 1}                   | /kpis/0/name",
        "{\"name\": \"a\", \"value\": 1, \"weight\": -1}   | /kpis/0/weight",
        "{\"name\": \"a\", \"value\": 1, \"target\": 1e400} | /kpis/0/target",
        "{\"name\": \"a\", \"value\": null}                | /kpis/0/value",
    })
    void bothRefuseAKpi(String kpi, String pointer) throws IOException {
        String text = "{\"version\": 1, \"kpis\": [" + kpi + "]}";
        assertThat(read("kpi", text).location().orElseThrow().pointer()).contains(pointer);
        assertThat(Schemas.errors("kpi", text)).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "core_config | {\"version\": 1, \"tests\": {\"type\": \"gradle\", \"tasks\": [\"test\"]}, \"store\": {\"type\": \"postgres\", \"url\": \"x\"}}",
        "core_config | {\"version\": 1, \"tests\": \"gradle\", \"store\": \"postgres\", \"reporters\": [\"chat\", {\"type\": \"chat\", \"room\": 3}]}",
        "core_config | {\"$schema\": \"https://autosync.dev/schema/core_config.schema.json\", \"version\": 1}",
        "core_config | {\"version\": 1, \"lock\": {\"wait\": \"P1DT2H3M4.5S\"}, \"snapshot\": {\"exclude\": [\"**/*.{log,tmp}\", \"[a-z]?\"]}}",
        "core_config | {\"version\": 1, \"isolation\": {\"type\": \"candidates\", \"copies\": 16, \"include\": [\"node_modules\", \"a/.b\", \".env\"]}}",
        "core_config | {\"version\": 1, \"patchLimits\": {\"maxPatches\": 5, \"maxCopyBytes\": 0, \"maxMoveBytes\": 0, \"maxDepth\": 10}}",
        "patch | {\"version\": 1, \"id\": \"a\", \"format\": \"x\", \"author\": \"A\", \"options\": {\"a\": 1, \"b\": true}, \"expects\": {\"f\": null}}",
        "core_config | {\"version\": 1, \"isolation\": \"in-place\", \"testChanges\": {\"policy\": \"undo\", \"tracked\": true}}",
        "core_config | {\"version\": 1, \"snapshot\": {\"keep\": 0, \"maxBytes\": 1048576, \"maxFileBytes\": 0, \"minFreeBytes\": 0}}",
        "core_config | {\"version\": 1, \"lock\": {\"wait\": \"P1DT2H3M4.5S\"}, \"snapshot\": {\"exclude\": [\"**/*.{log,tmp}\", \"[a-z]?\"], \"gitignore\": false}}",
        "patch       | {\"version\": 1, \"id\": \"a\", \"format\": \"write-file\", \"target\": \"f\", \"encoding\": \"base64\", \"content\": \"AAEC\\n/w==\"}",
        "core_config | {\"version\": 1, \"store\": {\"type\": \"sqlite\", \"mirror\": true, \"retention\": {\"days\": 365, \"kinds\": [\"phase\"]}}}",
        "patch       | {\"version\": 1, \"patches\": []}",
    })
    void schemasLeaveWhatPluginsBringToThePlugins(String name, String text) {
        assertThat(Schemas.errors(name, text)).isEmpty();
    }

    @Test
    void schemasAcceptTheExamplesOfTheDocumentation() throws IOException {
        try (Stream<Path> pages = Stream.concat(Stream.of(Path.of("..", "README.md")), Files.list(Path.of("..", "docs")))) {
            List<String> examples = pages.filter(page -> page.toString().endsWith(".md") && Files.exists(page))
                    .flatMap(ReadersAndSchemasTest::jsonBlocks).filter(text -> text.contains("\"version\"")).toList();
            assertThat(examples).hasSizeGreaterThanOrEqualTo(4).allSatisfy(text ->
                    assertThat(Schemas.NAMES).as(text).anyMatch(name -> Schemas.errors(name, text).isEmpty()));
        }
    }

    private static Stream<String> jsonBlocks(Path page) {
        try {
            return Pattern.compile("(?ms)^```json\n(.*?)^```").matcher(Files.readString(page)).results()
                    .map((MatchResult block) -> block.group(1)).toList().stream();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private AutoSyncException read(String name, String text) throws IOException {
        Files.createDirectories(workspace.resolve("autosync/patches"));
        Files.createDirectories(workspace.resolve("autosync/kpi"));
        write("core_config", "{\"version\": 1, " + TESTS + "}");
        write(name, text);
        return catchThrowableOfType(AutoSyncException.class, () -> {
            try (SyncEngine engine = SyncEngine.open(workspace)) {
                engine.sync();
            }
        });
    }

    private void write(String name, String text) throws IOException {
        String folder = name.equals("patch") ? "patches/" : name.equals("kpi") ? "kpi/" : "";
        Files.writeString(workspace.resolve("autosync/" + folder + name + ".json"), text);
    }
}
