package dev.autosync.github.remote;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.errors.InvalidObjectIdException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;

/**
 * What the other side has and can do, as it says itself. Source: gitprotocol-http, gitprotocol-pack.
 *
 * @param refs by name, in its order
 * @param capabilities what it can do
 */
public record Advertisement(Map<String, ObjectId> refs, Set<String> capabilities) {

    private static final int MAX_QUOTED = 4096;

    /** Copies what it is given. */
    public Advertisement {
        refs = new LinkedHashMap<>(refs);
        capabilities = Set.copyOf(capabilities);
    }

    /** Where a branch is; empty if there is none. */
    public Optional<ObjectId> branch(String name) {
        return Optional.ofNullable(refs.get(Constants.R_HEADS + name));
    }

    static Advertisement parse(byte[] bytes, String service) throws IOException {
        PktLines lines = new PktLines(bytes);
        if (!("# service=" + service).equals(lines.nextText()) || lines.next() != null) {
            throw new IOException("it does not say that it is " + service);
        }
        Map<String, ObjectId> refs = new LinkedHashMap<>();
        Set<String> capabilities = Set.of();
        for (String line = lines.nextText(); line != null; line = lines.nextText()) {
            int nul = line.indexOf('\0');
            if (nul >= 0) {
                capabilities = new HashSet<>(Arrays.asList(line.substring(nul + 1).strip().split(" ")));
                line = line.substring(0, nul);
            }
            if (line.startsWith("ERR ")) {
                throw new IOException("it says: " + shortened(line.substring(4)));
            }
            if (!line.startsWith("shallow ")) {
                add(line, refs);
            }
        }
        return new Advertisement(refs, capabilities);
    }

    /** Untrusted as it is; whoever shows it neutralises it. */
    private static String shortened(String text) {
        return text.substring(0, Math.min(text.length(), MAX_QUOTED));
    }

    private static void add(String line, Map<String, ObjectId> refs) throws IOException {
        int space = line.indexOf(' ');
        try {
            ObjectId id = ObjectId.fromString(line.substring(0, Math.max(space, 0)));
            String name = line.substring(space + 1);
            if (!name.equals("capabilities^{}")) {
                refs.put(name, id);
            }
        } catch (InvalidObjectIdException e) {
            throw new IOException("it names a commit in a way that AutoSync does not know: " + shortened(line), e);
        }
    }
}
