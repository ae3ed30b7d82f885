package dev.autosync.bench.diff;

import com.github.difflib.patch.PatchFailedException;
import com.github.difflib.unifieddiff.UnifiedDiff;
import com.github.difflib.unifieddiff.UnifiedDiffFile;
import com.github.difflib.unifieddiff.UnifiedDiffReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** java-diff-utils with the loop around it that its documentation suggests: read the lines of each file, patch them, write them. */
final class JavaDiffUtilsTool implements DiffTool {
    private static final String NO_FILE = "/dev/null";

    @Override
    public String who() {
        return "java-diff-utils";
    }

    @Override
    public Said apply(Path workspace, byte[] diff) throws IOException {
        UnifiedDiff parsed = UnifiedDiffReader.parseUnifiedDiff(new ByteArrayInputStream(diff));
        for (UnifiedDiffFile file : parsed.getFiles()) {
            String from = file.getFromFile();
            String to = file.getToFile();
            if (from == null && to == null) {
                continue;
            }
            boolean created = from == null || from.equals(NO_FILE);
            List<String> lines = created ? List.of() : Files.readAllLines(workspace.resolve(from));
            Path target = workspace.resolve(to == null || to.equals(NO_FILE) ? from : to);
            try {
                List<String> patched = file.getPatch().applyTo(lines);
                Files.createDirectories(target.getParent());
                Files.write(target, patched);
            } catch (PatchFailedException e) {
                return Said.FAILED;
            }
        }
        return Said.APPLIED;
    }
}
