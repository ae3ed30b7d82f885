package dev.autosync.core.engine;

import dev.autosync.AutoSyncException;
import dev.autosync.ErrorCode;
import dev.autosync.core.io.AtomicFile;
import dev.autosync.core.io.FileImage;
import dev.autosync.core.io.FilePort;
import dev.autosync.core.io.Workspace;
import dev.autosync.core.json.JsonNode;
import dev.autosync.core.json.JsonPointer;
import dev.autosync.core.json.JsonQuote;
import dev.autosync.core.json.JsonText;
import dev.autosync.core.patch.JsonPatchFormat;
import dev.autosync.patch.FileContent;
import dev.autosync.patch.Patch;
import dev.autosync.patch.PatchLimits;
import dev.autosync.spi.PatchPlan;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The store that {@code autosync/core_config.json} names, and naming another one there: nothing else in the file changes. */
record ConfiguredStore(Workspace workspace, FilePort files) {
    /** The keys of the section that mean the same whatever the store. */
    private static final Set<String> OF_THE_ENGINE = Set.of("type", "mirror", "retention");

    /**
     * Names a store in place of the one that is named there, whose own settings go.
     *
     * @return whether the file was changed: not if it names this store already, or none
     * @throws IOException if it cannot be changed, with the reason
     */
    boolean rename(String name) throws IOException {
        try {
            FileImage before = files.read(workspace.resolve(CoreConfig.NAME), FileImage.MOST_BYTES)
                    .orElseThrow(() -> new IOException("it is not there any more"));
            Optional<String> operations = operations(name, before);
            if (operations.isEmpty()) {
                return false;
            }
            PatchPlan plan = new JsonPatchFormat().plan(Patch.jsonPatch("move-store", CoreConfig.NAME, operations.get()),
                    path -> Optional.of(before.content()), PatchLimits.ofDefaults());
            FileContent after = plan.edits().stream().flatMap(edit -> edit.after().stream()).findFirst()
                    .orElseThrow(() -> new IOException(plan.reason()));
            AtomicFile.writeDurably(files, workspace.resolve(CoreConfig.NAME), FileImage.of(after, before.mode()));
            return true;
        } catch (AutoSyncException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** The JSON Patch that does it; empty if nothing is to be done. */
    private static Optional<String> operations(String name, FileImage file) {
        JsonNode config = JsonText.parse(JsonText.decode(file.bytes(), CoreConfig.NAME, ErrorCode.CONFIG_SYNTAX), CoreConfig.NAME,
                ErrorCode.CONFIG_SYNTAX);
        Optional<JsonNode> store = config.get("store");
        Optional<JsonNode> named = store.flatMap(node -> node.kind() == JsonNode.Kind.OBJECT ? node.get("type") : store);
        if (named.isEmpty() || named.get().kind() == JsonNode.Kind.STRING && named.get().text().equals(name)) {
            return Optional.empty();
        }
        List<String> operations = new ArrayList<>();
        operations.add("{\"op\":\"replace\",\"path\":\"" + named.get().pointer() + "\",\"value\":\"" + name + "\"}");
        for (JsonNode.Member member : store.orElseThrow().members()) {
            if (!OF_THE_ENGINE.contains(member.name())) {
                operations.add("{\"op\":\"remove\",\"path\":" + JsonQuote.quote("/store/" + JsonPointer.escape(member.name())) + "}");
            }
        }
        return Optional.of("[" + String.join(",", operations) + "]");
    }
}
