package dev.autosync.core.connectors;

import dev.autosync.ErrorCode;
import dev.autosync.SyncReport;
import dev.autosync.core.json.JsonSection;
import dev.autosync.core.json.JsonText;
import dev.autosync.core.text.Untrusted;
import dev.autosync.publish.Publication;
import dev.autosync.publish.PublishedChange;
import dev.autosync.spi.Event;
import dev.autosync.spi.EventQuery;
import dev.autosync.spi.Store;
import dev.autosync.spi.StoredEvent;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Makes publications of what has landed. */
final class Publications {
    private static final int MAX_PATCHES = 50;
    private static final int MAX_SHOWN = 5;

    private Publications() {}

    /**
     * A publication.
     *
     * @param after the sequence number after which it begins
     * @param landed what has landed since
     * @param changes the same with its content
     */
    static Publication of(Store store, SyncReport report, long after, LandedFiles landed, List<PublishedChange> changes,
            Stability stability) {
        List<String> patches = store.read(EventQuery.all().kind("patch").after(after)).stream()
                .filter(stored -> stored.sequence() <= landed.upTo()).map(StoredEvent::event)
                .filter(Publications::applied).map(Event::subject).toList();
        String title = changes.isEmpty() ? "Report on cycle " + report.cycle()
                : "Apply " + count(patches.size(), "tested patch", "tested patches") + " to " + count(changes.size(), "file", "files");
        return Publication.of(id(after, landed.changes(), report.cycle()), report.cycle(), title, description(report, patches, stability), stability.stable(),
                changes, report.files());
    }

    private static boolean applied(Event patch) {
        return JsonSection.of(JsonText.parse(patch.payload(), "store", ErrorCode.STORE_DAMAGED)).requiredString("outcome").equals("applied");
    }

    private static String description(SyncReport report, List<String> patches, Stability stability) {
        StringBuilder text = new StringBuilder();
        patches.stream().limit(MAX_PATCHES).forEach(patch -> text.append("- ").append(Untrusted.line(patch, 200)).append('\n'));
        if (patches.size() > MAX_PATCHES) {
            text.append("- and ").append(patches.size() - MAX_PATCHES).append(" more\n");
        }
        text.append(text.isEmpty() ? "" : "\n").append("Cycle ").append(report.cycle()).append(": ").append(stability.reason())
                .append(".\nTested content: ").append(report.after().contentHash());
        return text.toString();
    }

    /** What says that files are gone or cannot be read. */
    static String lost(List<String> paths) {
        return count(paths.size(), "file", "files") + " deleted by somebody else since they landed, or not to be read: "
                + Untrusted.line(String.join(", ", paths.subList(0, Math.min(MAX_SHOWN, paths.size()))), 500)
                + (paths.size() > MAX_SHOWN ? ", ..." : "");
    }

    /** The same for the same changes since the same place in the history; without changes each cycle has its own. */
    private static String id(long after, Map<String, LandedFiles.Change> changes, String cycle) {
        StringBuilder text = new StringBuilder().append(after).append('\n').append(changes.isEmpty() ? cycle : "").append('\n');
        changes.forEach((path, change) -> text.append(change.before()).append(' ').append(change.after()).append(' ').append(path).append('\0'));
        return sha256(text.toString());
    }

    /** The key under which a connector does something once. */
    static String key(String id, String connector) {
        return sha256(id + '\n' + connector);
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static String count(int number, String one, String many) {
        return number + " " + (number == 1 ? one : many);
    }
}
