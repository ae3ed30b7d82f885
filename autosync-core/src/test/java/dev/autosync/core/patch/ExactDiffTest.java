package dev.autosync.core.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.autosync.patch.FileContent;
import dev.autosync.patch.FileEdit;
import dev.autosync.patch.Patch;
import dev.autosync.patch.PatchOutcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ExactDiffTest {
    private static final String[] PATHS = {"f", "d/e/f", "a b/\u00e9 \"x\"", "g"};

    @TempDir
    Path folder;

    private static Optional<FileContent> content(Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> Optional.empty();
            case 1 -> Optional.of(FileContent.of(new byte[0]));
            case 2 -> {
                byte[] bytes = new byte[random.nextInt(300)];
                random.nextBytes(bytes);
                yield Optional.of(FileContent.of(bytes));
            }
            default -> Optional.of(DiffTexts.content(DiffTexts.file(random, 30, true)));
        };
    }

    /** A patch over several files, as a format would have planned it. */
    private static PlannedPatch planned(Random random, Map<String, FileContent> before) {
        List<FileEdit> edits = new ArrayList<>();
        for (String path : PATHS) {
            Optional<FileContent> old = content(random).map(content -> content.executable(random.nextBoolean()));
            old.ifPresent(content -> before.put(path, content));
            Optional<FileContent> now = random.nextInt(5) == 0 && old.isPresent() ? old.map(content -> content.executable(!content.executable()))
                    : random.nextInt(5) == 0 ? old : content(random).map(content -> content.executable(random.nextBoolean()));
            if (!old.equals(now)) {
                edits.add(old.isEmpty() ? FileEdit.create(path, now.orElseThrow()) : now.isEmpty() ? FileEdit.delete(path, old.get())
                        : FileEdit.modify(path, old.get(), now.get()));
            }
        }
        return new PlannedPatch(Patch.unifiedDiff("p", ""), edits, "", Optional.empty(), List.of());
    }

    @Test
    void whatItSaysIsWhatThePatchDidAndTheInverseTakesItBack() {
        for (int seed = 0; seed < 200; seed++) {
            Map<String, FileContent> files = new TreeMap<>();
            PlannedPatch planned = planned(new Random(seed), files);
            if (planned.edits().isEmpty()) {
                continue;
            }
            PatchedTree before = Trees.of(folder, files);
            List<PlannedPatch> forward = Trees.plan(List.of(ExactDiff.of(planned)), before);
            assertThat(forward).as("seed %d", seed).hasSize(1);
            PatchedTree after = Trees.after(before, forward);
            assertThat(after.overlay()).as("seed %d", seed).isEqualTo(Trees.after(before, List.of(planned)).overlay());
            List<PlannedPatch> back = Trees.plan(List.of(ExactDiff.inverse(planned)), after);
            assertThat(back).as("seed %d", seed).hasSize(1);
            assertThat(Trees.files(Trees.after(after, back))).as("seed %d", seed).isEqualTo(files);
        }
    }

    @Test
    void theInverseRefusesAFileThatSomebodyHasChanged() {
        for (int seed = 0; seed < 40; seed++) {
            Map<String, FileContent> files = new TreeMap<>();
            PlannedPatch planned = planned(new Random(seed), files);
            for (FileEdit edit : planned.edits()) {
                PatchedTree after = Trees.after(Trees.of(folder, files), List.of(planned));
                byte[] more = edit.after().map(content -> (new String(content.bytes(), StandardCharsets.ISO_8859_1) + "more\n")
                        .getBytes(StandardCharsets.ISO_8859_1)).orElse(new byte[0]);
                after.apply(List.of(FileEdit.create(edit.path(), FileContent.of(more))));
                BatchPlan plan = Trees.PLANNER.plan(List.of(ExactDiff.inverse(planned)), after, Set.of());
                assertThat(plan.outcomes()).extracting(PatchOutcome::kind).as("seed %d, %s", seed, edit).containsExactly(PatchOutcome.Kind.CONFLICTED);
            }
        }
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void gitMakesTheSameFilesOfIt() throws Exception {
        assumeThat(run(folder.resolve("version"), "git", "--version")).as("git is there").isZero();
        for (int seed = 0; seed < 10; seed++) {
            Map<String, FileContent> files = new TreeMap<>();
            PlannedPatch planned = planned(new Random(seed), files);
            Map<String, Optional<FileContent>> before = new HashMap<>();
            Map<String, Optional<FileContent>> after = new HashMap<>();
            planned.edits().forEach(edit -> before.put(edit.path(), edit.before()));
            planned.edits().forEach(edit -> after.put(edit.path(), edit.after()));
            Path work = Files.createDirectory(folder.resolve("w" + seed));
            for (Map.Entry<String, FileContent> file : files.entrySet()) {
                Path path = work.resolve(file.getKey());
                Files.createDirectories(path.getParent());
                Files.write(path, file.getValue().bytes());
                Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(file.getValue().executable() ? "rwxr-xr-x" : "rw-r--r--"));
            }
            Path diff = Files.write(folder.resolve("p" + seed), ExactDiff.between(before, after));
            Path log = folder.resolve("log" + seed);
            assertThat(run(log, "git", "-C", work.toString(), "apply", "--whitespace=nowarn", diff.toString())).as("seed %d: %s", seed, Files.readString(log)).isZero();
            Map<String, FileContent> wanted = new TreeMap<>(files);
            after.forEach((path, content) -> content.ifPresentOrElse(held -> wanted.put(path, held), () -> wanted.remove(path)));
            Map<String, FileContent> made = new TreeMap<>();
            try (Stream<Path> paths = Files.walk(work)) {
                for (Path path : paths.filter(Files::isRegularFile).toList()) {
                    made.put(work.relativize(path).toString(), FileContent.of(Files.readAllBytes(path)).executable(Files.isExecutable(path)));
                }
            }
            assertThat(made).as("seed %d", seed).isEqualTo(wanted);
        }
    }

    private int run(Path output, String... command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("GIT_CONFIG_NOSYSTEM", "1");
        builder.environment().put("HOME", folder.toString());
        builder.environment().put("GIT_CEILING_DIRECTORIES", folder.toString());
        try {
            Process process = builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException("git did not end within a minute");
            }
            return process.exitValue();
        } catch (IOException e) {
            return -1;
        }
    }
}
